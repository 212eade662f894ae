import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import type ts from '@tsd/typescript'

// Loaded when it is needed: it is large, and a run of laws does without it.
let loaded: typeof ts | undefined
export function typescript(): typeof ts {
  loaded ??= createRequire(import.meta.url)('@tsd/typescript') as typeof ts
  return loaded
}

/**
 * One program over files that exist only here, beside those on disk that they import.
 *
 * @param parsed what was read already, by path: libraries are most of the time that this takes
 */
export function compile(
  sources: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
  parsed = new Map<string, ts.SourceFile | undefined>(),
): ts.Program {
  const compiler = typescript()
  const host = compiler.createCompilerHost(options)
  // Of the libraries' declarations half the text is prose, and nobody here reads it.
  host.jsDocParsingMode = compiler.JSDocParsingMode.ParseNone
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (path) => sources.has(path) || fileExists.call(host, path)
  host.readFile = (path) => sources.get(path) ?? readFile.call(host, path)
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = sources.get(path)
    if (text !== undefined) return compiler.createSourceFile(path, text, languageVersion, true)
    if (!parsed.has(path)) parsed.set(path, getSourceFile.call(host, path, languageVersion, ...rest))
    return parsed.get(path)
  }
  return compiler.createProgram({ rootNames: [...sources.keys()], options, host })
}

/**
 * How to compile a probe in a folder: with every strict setting, and with what the nearest `tsconfig.json` says of where
 * modules and types are found.
 */
export function optionsFor(folder: string): ts.CompilerOptions {
  const compiler = typescript()
  const path = compiler.findConfigFile(folder, compiler.sys.fileExists)
  const own = path === undefined ? {} : readOptions(path)
  const { paths, baseUrl, pathsBasePath, jsx, types, typeRoots, experimentalDecorators, customConditions } =
    own
  const kept = {
    paths,
    baseUrl,
    pathsBasePath,
    jsx,
    types,
    typeRoots,
    experimentalDecorators,
    customConditions,
  }
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noPropertyAccessFromIndexSignature: true,
    target: compiler.ScriptTarget.ESNext,
    lib: ['lib.esnext.d.ts', ...(own.lib?.filter((name) => !/^lib\.es/.test(name)) ?? ['lib.dom.d.ts'])],
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    esModuleInterop: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: false,
    noErrorTruncation: true,
  }
}

function readOptions(path: string): ts.CompilerOptions {
  const compiler = typescript()
  const { config } = compiler.readConfigFile(path, (file) => readFileSync(file, 'utf8'))
  const host = { ...compiler.sys, readDirectory: () => [] }
  return compiler.parseJsonConfigFileContent(config ?? {}, host, resolve(dirname(path))).options
}
