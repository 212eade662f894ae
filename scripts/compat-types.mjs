/**
 * Compiles a program that uses the declarations of every public entry under each TypeScript from 5.4 to the newest that
 * npm has, and prints a table. The compilers are installed into a temporary folder.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const OLDEST = [5, 4]
const root = resolve(import.meta.dirname, '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const entries = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'))

/** The newest patch of each minor version. */
function versions() {
  const all = JSON.parse(
    execFileSync('npm', ['view', 'typescript', 'versions', '--json'], { encoding: 'utf8' }),
  )
  const newest = new Map()
  for (const version of all) {
    const [, major, minor] = /^(\d+)\.(\d+)\.\d+$/.exec(version) ?? []
    if (major === undefined || major < OLDEST[0] || (Number(major) === OLDEST[0] && minor < OLDEST[1]))
      continue
    newest.set(`${major}.${minor}`, version)
  }
  return [...newest.values()]
}

const PROGRAM = `
${entries.map((entry, index) => `import * as entry${index} from '${entry.replace('.', manifest.name)}'`).join('\n')}
export const all = [${entries.map((_, index) => `entry${index}`).join(', ')}]

import { check, lazy, type Report } from '${manifest.name}'
import { Future, Lazy } from '${manifest.name}/awaitables'
import { expectLawful, expectLawfulFactory, expectLawfulSettling, type Broken } from '${manifest.name}/types'

expectLawful<Promise<number>, number, Promise<number | string>>()
expectLawful<Lazy<number>, number, Lazy<number | string>>()
expectLawful<Future<number>, number>()
expectLawfulFactory<typeof Lazy>()
expectLawfulSettling<Future<number>['setResult'], number>()
declare const none: Broken<Future<number>, number>
export const nothing: never = none
export const report: Promise<Report> = check(lazy({ name: 'Lazy', create: (factory) => new Lazy(factory) }))

// @ts-expect-error the promise gives no string
expectLawful<Promise<number>, string>()
// @ts-expect-error there is nothing to wait for
expectLawful<number>()
// @ts-expect-error it wraps the promise that the factory gives
expectLawfulFactory<<V>(make: () => V) => Promise<V>>()
`

const OPTIONS = {
  target: 'es2022',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  lib: ['es2023', 'esnext.disposable', 'dom'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  // Our own declarations are program files here, and checked; those of others are theirs to keep up.
  skipLibCheck: false,
}

const folder = mkdtempSync(join(tmpdir(), 'lawful-compat-'))
let failed = false
try {
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }')
  writeFileSync(join(folder, 'program.ts'), PROGRAM)
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: OPTIONS, files: ['program.ts'] }),
  )
  const wanted = versions()
  const aliases = wanted.map((version) => `typescript-${version}@npm:typescript@${version}`)
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', ...aliases], {
    cwd: folder,
  })
  symlinkSync(root, join(folder, 'node_modules', manifest.name), 'junction')
  mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true })
  symlinkSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'), 'junction')
  console.log(`entries: ${entries.join(' ')}\n`)
  console.log('TypeScript  accepts  time\n----------  -------  ------')
  for (const version of wanted) {
    const tsc = join(folder, 'node_modules', `typescript-${version}`, 'bin/tsc')
    const start = performance.now()
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    })
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    const ours = stdout.split('\n').filter((line) => isOurs(line))
    if (ours.length > 0) failed = true
    console.log(
      `${version.padEnd(10)}  ${(ours.length === 0 ? 'yes' : 'no').padEnd(7)}  ${seconds.padStart(4)} s`,
    )
    for (const line of ours.slice(0, 5)) console.log(`  ${line}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0

/** Whether a line of output is an error in our declarations or in the program that uses them. */
function isOurs(line) {
  if (!/\berror TS\d+/.test(line)) return false
  const path = line.slice(0, line.indexOf('('))
  return path === '' || path === 'program.ts' || !resolve(folder, path).includes('/node_modules/')
}
