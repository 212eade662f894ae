import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    // The kit's own tests and law files see the sources under the names that users import.
    alias: [
      { find: /^lawful$/, replacement: at('./src/index.ts') },
      { find: /^lawful\/awaitables$/, replacement: at('./src/awaitables/index.ts') },
      { find: /^lawful\/vitest$/, replacement: at('./src/runners/vitest.ts') },
      { find: /^lawful\/types$/, replacement: at('./src/types/index.ts') },
      { find: /^lawful\/setup$/, replacement: at('./src/setup.ts') },
      { find: /^lawful\/self-test$/, replacement: at('./fixtures/self-test.ts') },
    ],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: '100%',
    // How long a test takes says nothing of whether it passes, on a machine that does other things as well.
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
})
