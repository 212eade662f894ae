import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Tests that use all processors by themselves, or threads in real time: they come last, one file after the other. */
const ALONE = [
  'tests/self-test.test.ts',
  'tests/references.test.ts',
  'tests/findings/{record,scripts}.test.ts',
  'tests/kernel/real-time.test.ts',
  'tests/offload/**/*.test.ts',
]

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
    pool: 'forks',
    maxWorkers: '100%',
    // How long a test takes says nothing of whether it passes, on a machine that does other things as well.
    testTimeout: 120_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: ALONE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
