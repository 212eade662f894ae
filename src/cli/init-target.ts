import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CannotRun } from './usage.js'

/** What `lawful init` looks at, and where it writes. */
export interface InitTarget {
  /** As the user said it. */
  readonly shown: string
  /** What to import in order to look at it: a path, or the name of a package. */
  readonly source: string
  /** What the laws file imports. */
  readonly specifier: string
  /** The laws file. */
  readonly out: string
  readonly typed: boolean
  /** The module as a name. */
  readonly module: string
  readonly package?: string
}

const CODE = /\.[cm]?[jt]sx?$/
/** What a file is imported as: TypeScript is named as what it compiles to. */
const COMPILED: Readonly<Record<string, string>> = {
  '.ts': '.js',
  '.tsx': '.js',
  '.jsx': '.js',
  '.mts': '.mjs',
  '.cts': '.cjs',
}

/** Finds a module, and what a laws file for it is called. */
export function initTarget(shown: string, { cwd, out }: { cwd: string; out?: string }): InitTarget {
  const path = resolve(cwd, shown)
  const isFile = existsSync(path) && statSync(path).isFile()
  if (!isFile && (/^[./]/.test(shown) || CODE.test(shown) || existsSync(path))) {
    throw new CannotRun(
      `there is no file ${shown}; it must be a module, like src/cache.ts, or an installed package`,
    )
  }
  if (/\.laws\.[cm]?[jt]s$/.test(shown))
    throw new CannotRun(`${shown} is a laws file already: npx lawful ${shown}`)
  if (isFile && !CODE.test(shown)) throw new CannotRun(`${shown} is no module of JavaScript or TypeScript`)
  return isFile ? fileTarget(shown, path, cwd, out) : packageTarget(shown, cwd, out)
}

function fileTarget(shown: string, path: string, cwd: string, out: string | undefined): InitTarget {
  const extension = extname(path)
  const stem = basename(path, extension)
  const laws =
    { '.mts': 'mts', '.mjs': 'mjs', '.cjs': 'mjs' }[extension] ?? (/^\.c?tsx?$/.test(extension) ? 'ts' : 'js')
  const file = lawsFile(out, cwd, join(dirname(path), `${stem}.laws.${laws}`))
  const typed = isTyped(file)
  // From JavaScript, a TypeScript file can only be found under its own name.
  const name = typed ? `${stem}${COMPILED[extension] ?? extension}` : basename(path)
  const specifier = relative(dirname(file), join(dirname(path), name)).replaceAll('\\', '/')
  return {
    shown,
    source: path,
    specifier: specifier.startsWith('.') ? specifier : `./${specifier}`,
    out: file,
    typed,
    module: stem,
  }
}

function packageTarget(shown: string, cwd: string, out: string | undefined): InitTarget {
  const [, name = shown] = /^((?:@[^/]+\/)?[^/]+)/.exec(shown) ?? []
  if (!isBuiltin(shown) && !isInPath(name, cwd)) {
    throw new CannotRun(`there is neither a file ${shown} nor an installed package ${name}`)
  }
  const stem = shown
    .replace(/^node:/, '')
    .replace(/^@/, '')
    .replaceAll('/', '-')
  const file = lawsFile(out, cwd, join(cwd, `${stem}.laws.${extensionFor(cwd)}`))
  return {
    shown,
    source: shown,
    specifier: shown,
    out: file,
    typed: isTyped(file),
    module: stem,
    package: shown,
  }
}

function lawsFile(out: string | undefined, cwd: string, otherwise: string): string {
  if (out === undefined) return otherwise
  if (!/\.laws\.(?:m?js|m?ts)$/.test(out)) {
    throw new CannotRun(`--out must name a laws file, *.laws.{ts,mts,js,mjs}, not ${out}`)
  }
  return resolve(cwd, out)
}

const isTyped = (file: string): boolean => /\.m?ts$/.test(file)

/** TypeScript where the project has it; modules by that name where `.js` is something else. */
function extensionFor(cwd: string): string {
  const manifest = readManifest(cwd)
  const uses = { ...manifest.dependencies, ...manifest.devDependencies }
  if (existsSync(join(cwd, 'tsconfig.json')) || 'typescript' in uses) return 'ts'
  return manifest.type === 'module' ? 'js' : 'mjs'
}

interface Manifest {
  readonly type?: string
  readonly dependencies?: object
  readonly devDependencies?: object
}

function readManifest(cwd: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as Manifest
  } catch {
    return {}
  }
}

/** Whether a package lies where a folder's modules would find it, whatever it lets them import. */
function isInPath(name: string, cwd: string): boolean {
  const places = createRequire(pathToFileURL(join(cwd, 'package.json'))).resolve.paths(name) ?? []
  return places.some((place) => existsSync(join(place, name)))
}

/** Whether a file could import something. */
export function isInstalled(specifier: string, from: string): boolean {
  try {
    createRequire(pathToFileURL(from)).resolve(specifier)
    return true
  } catch {
    return false
  }
}
