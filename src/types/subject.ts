import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type ts from '@tsd/typescript'
import { typescript } from './compiler.js'

/** What is to be judged: an export of a module, or any type expression. */
export interface TypeSubject {
  /** What the report calls it. */
  readonly name: string
  /** Where modules and settings are looked up from. */
  readonly folder: string
  /** As an import in that folder would name it. Without it, `type` is about what is there globally. */
  readonly module?: string
  /** The export with or without type arguments, or the global type: `MyLazy`, `MyLazy<number>`. */
  readonly type: string
  /** What awaiting must give. It may name exports of the module. */
  readonly of?: string
  /** Names of methods that settle by adopting what they are given. */
  readonly settles?: readonly string[]
  /** Names of methods (or `''` for the export itself) that are cancelled by a signal. */
  readonly cancels?: readonly string[]
}

/** The declaration cannot be judged: there is none, or it cannot be read. The message is one line. */
export class TypeSubjectError extends Error {
  override readonly name = 'TypeSubjectError'
}

/** Reads `<file or package>#<Export>`, where files are relative to `cwd`. */
export function parseSubject(text: string, cwd: string): TypeSubject {
  const at = text.lastIndexOf('#')
  const [module, type] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  if (module === '' || type === '') {
    throw new TypeSubjectError(`${text} names no export; write <file>#<Export> or <package>#<Export>`)
  }
  const path = resolve(cwd, module)
  if (existsSync(path) && /\.[cm]?[jt]sx?$/.test(module)) {
    return { name: text, folder: dirname(path), module: `./${basename(path)}`, type }
  }
  if (/^[./]|\.[cm]?tsx?$/.test(module)) throw new TypeSubjectError(`there is no file ${module}`)
  return { name: text, folder: cwd, module, type }
}

/** What is known of a subject before it is judged. */
export interface Located {
  /** The type to judge as an awaitable, in the words of a probe; none where the export only makes one. */
  readonly awaitable: string | undefined
  /** The same type of something wider, where there is one. */
  readonly wide: string | undefined
  /** The function or class that takes a factory. */
  readonly factory: { readonly type: string; readonly isClass: boolean } | undefined
  /** The export as a value, where it is one. */
  readonly value: string | undefined
  /** What awaiting must give, in the words of a probe. */
  readonly of: string | undefined
  readonly declarations: readonly ts.Declaration[]
}

/** The text of a probe that only imports the subject's module. */
export const locatorText = ({ module }: TypeSubject): string =>
  module === undefined ? 'export {}' : `export type Module = typeof import(${JSON.stringify(module)})`

export const locatorPath = ({ folder }: TypeSubject, index: number): string =>
  join(folder, `lawful-locator-${index}.mts`).replaceAll('\\', '/')

/** Finds what a subject names. @throws TypeSubjectError */
export function locate(program: ts.Program, subject: TypeSubject, index: number): Located {
  const { module, type, of } = subject
  if (module === undefined) {
    const nothing = { wide: undefined, factory: undefined, value: undefined, declarations: [] }
    return { ...nothing, awaitable: type, of }
  }
  const compiler = typescript()
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(locatorPath(subject, index))!
  const { found, assigned } = exportsOf(checker, file, subject)
  const [, name = type, args] = /^([\w$.]+)\s*(?:<([\s\S]*)>)?$/.exec(type) ?? []
  const symbol = found.get(name)
  if (!symbol)
    throw new TypeSubjectError(`${module} has no export ${name}; it has ${listed([...found.keys()])}`)
  // The whole of a module that is written `export =` goes by the name that it has when it is imported: default.
  const isAssigned = symbol === assigned
  const target = symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const path = `import(${JSON.stringify(module)})${isAssigned ? '' : `.${name}`}`
  const qualify = (text: string) => qualified(text, module, new Set(found.keys()))
  const isType = (target.flags & compiler.SymbolFlags.Type) !== 0
  const isValue = (target.flags & compiler.SymbolFlags.Value) !== 0
  const value = isValue ? `typeof ${path}` : undefined
  const valueType = isValue ? checker.getTypeOfSymbolAtLocation(target, file) : undefined
  const callable = (valueType?.getCallSignatures().length ?? 0) > 0
  const takesFactory = valueType !== undefined && firstParameterIsFactory(checker, valueType, file)
  const rest = {
    of: of === undefined ? undefined : qualify(of),
    value,
    factory: takesFactory ? { type: value!, isClass: !callable } : undefined,
    declarations: target.declarations ?? [],
  }
  if (isType) return { ...rest, ...instances(checker, target, path, args, qualify, rest.of) }
  if (!callable) return { ...rest, awaitable: value, wide: undefined }
  const awaitable = takesFactory ? undefined : `ReturnType<${value}>`
  return { ...rest, awaitable, wide: undefined }
}

function exportsOf(
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  { module }: TypeSubject,
): { readonly found: Map<string, ts.Symbol>; readonly assigned: ts.Symbol | undefined } {
  const compiler = typescript()
  let specifier: ts.Node | undefined
  const visit = (node: ts.Node): void => {
    if (compiler.isStringLiteral(node)) specifier = node
    else compiler.forEachChild(node, visit)
  }
  visit(file)
  const symbol = specifier && checker.getSymbolAtLocation(specifier)
  if (!symbol)
    throw new TypeSubjectError(`there is no ${module} with types; look at the name, or install its types`)
  const found = new Map(checker.getExportsOfModule(symbol).map((each) => [each.name, each]))
  const assigned = symbol.exports?.get('export=' as ts.__String)
  if (assigned) found.set('default', assigned)
  return { found, assigned }
}

/** The type with arguments: those given, or what is told that it gives, or specimens of our own. */
function instances(
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  path: string,
  args: string | undefined,
  qualify: (text: string) => string,
  of: string | undefined,
): Pick<Located, 'awaitable' | 'wide'> {
  const parameters = typeParameters(symbol)
  const constraint = (parameter: ts.TypeParameterDeclaration) =>
    parameter.constraint && checker.typeToString(checker.getTypeFromTypeNode(parameter.constraint))
  if (parameters.length === 0) return { awaitable: path, wide: undefined }
  const [only] = parameters
  const wideable = parameters.length === 1 && !only!.constraint
  if (args === undefined && wideable) {
    const argument = of ?? 'Specimen'
    return { awaitable: `${path}<${argument}>`, wide: `${path}<${argument} | Wider>` }
  }
  const given =
    args === undefined ? parameters.map((each) => constraint(each) ?? 'Specimen').join(', ') : qualify(args)
  return { awaitable: `${path}<${given}>`, wide: wideable ? `${path}<(${given}) | Wider>` : undefined }
}

function typeParameters(symbol: ts.Symbol): readonly ts.TypeParameterDeclaration[] {
  const compiler = typescript()
  for (const declaration of symbol.declarations ?? []) {
    if (
      compiler.isClassLike(declaration) ||
      compiler.isInterfaceDeclaration(declaration) ||
      compiler.isTypeAliasDeclaration(declaration)
    ) {
      return declaration.typeParameters ?? []
    }
  }
  return []
}

/** Whether the first parameter is a function that needs no argument: what is given to it makes a value. */
function firstParameterIsFactory(checker: ts.TypeChecker, type: ts.Type, at: ts.Node): boolean {
  const [signature] = [...type.getCallSignatures(), ...type.getConstructSignatures()]
  const parameter = signature?.parameters[0]
  if (!parameter) return false
  const parameterType = checker.getTypeOfSymbolAtLocation(parameter, at)
  const { valueDeclaration } = parameter
  const annotation = valueDeclaration && typescript().isParameter(valueDeclaration) && valueDeclaration.type
  if (annotation && annotation.getText() === 'Function') return true
  return parameterType
    .getNonNullableType()
    .getCallSignatures()
    .some(({ parameters }) => parameters.length === 0)
}

/** A type expression in which the names of a module's exports are taken from that module. */
function qualified(text: string, module: string, names: ReadonlySet<string>): string {
  const compiler = typescript()
  const file = compiler.createSourceFile('of.ts', `type Of = ${text}`, compiler.ScriptTarget.ESNext, true)
  const edits: { readonly at: number; readonly name: string }[] = []
  const visit = (node: ts.Node): void => {
    if (compiler.isTypeReferenceNode(node)) {
      let leftmost: ts.EntityName = node.typeName
      while (compiler.isQualifiedName(leftmost)) leftmost = leftmost.left
      if (names.has(leftmost.text)) edits.push({ at: leftmost.getStart(file), name: leftmost.text })
    }
    compiler.forEachChild(node, visit)
  }
  visit(file)
  return edits
    .reverse()
    .reduce(
      (whole, { at }) => `${whole.slice(0, at)}import(${JSON.stringify(module)}).${whole.slice(at)}`,
      file.text,
    )
    .slice('type Of = '.length)
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`
