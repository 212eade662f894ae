import type ts from '@tsd/typescript'
import type { TypeCounterexample } from '../core/type-report.js'
import { typescript } from './compiler.js'
import type { Claim } from './laws.js'

/** Says of what was not found or not installed: no fault of the declaration. */
const ABSENT = new Set([2307, 2688, 7016])

/** What the compiler says of the declaration itself, with the text that it says it of. */
export function declarationVerdicts(
  program: ts.Program,
  declarations: readonly ts.Declaration[],
): [claim: Claim, found: TypeCounterexample | undefined][] {
  if (declarations.length === 0) return []
  const errors = declarations.flatMap((declaration) => errorsIn(program, declaration))
  const isImplicitAny = ({ code }: ts.Diagnostic) => code >= 7000 && code < 7100
  return [
    ['declares-no-implicit-any', found(errors.find(isImplicitAny))],
    ['compiles-strictly', found(errors.find((error) => !isImplicitAny(error)))],
  ]
}

function errorsIn(program: ts.Program, declaration: ts.Declaration): ts.Diagnostic[] {
  const file = program.getSourceFile(declaration.getSourceFile().fileName)
  // Of a library's declarations the compiler is silent when it is asked to be; here it is asked about this one.
  if (!file || program.isSourceFileDefaultLibrary(file)) return []
  return program
    .getSemanticDiagnostics(file)
    .filter(
      ({ code, start = -1 }) =>
        !ABSENT.has(code) && start >= declaration.pos && start < declaration.end && !inBody(file, start),
    )
}

/** Whether a place is in the body of a function: what is done there is no part of what is declared. */
function inBody(file: ts.SourceFile, at: number): boolean {
  const compiler = typescript()
  let inside = false
  const visit = (node: ts.Node): void => {
    if (at < node.pos || at >= node.end) return
    if (compiler.isBlock(node)) inside = true
    else compiler.forEachChild(node, visit)
  }
  compiler.forEachChild(file, visit)
  return inside
}

function found(error: ts.Diagnostic | undefined): TypeCounterexample | undefined {
  if (!error) return undefined
  const { file, start = 0, messageText } = error
  const line = file?.text.slice(file.text.lastIndexOf('\n', start) + 1).split('\n', 1)[0] ?? ''
  return { code: line.trim(), error: typescript().flattenDiagnosticMessageText(messageText, ' ') }
}
