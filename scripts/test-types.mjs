/** Runs the tsd tests of `type-tests/` against the built declarations. */
import tsdModule from 'tsd'

const { default: tsd, formatter } = tsdModule

const diagnostics = await tsd({
  cwd: process.cwd(),
  typingsFile: 'dist/src/index.d.ts',
  testFiles: ['type-tests/**/*.test-d.ts'],
})
if (diagnostics.length > 0) {
  console.error(formatter(diagnostics))
  process.exitCode = 1
} else {
  console.log('type tests pass')
}
