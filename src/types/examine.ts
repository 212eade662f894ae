import type ts from '@tsd/typescript'
import type { TypeCounterexample, TypeReport, TypeVerdict } from '../core/type-report.js'
import { MEMBERS } from './claims.js'
import { compile, optionsFor, typescript } from './compiler.js'
import { declarationVerdicts } from './declaration.js'
import type { TypeLaw } from './law.js'
import { type Claim, typeLaws } from './laws.js'
import { type Line, type Probe, probe, probePath } from './probe.js'
import {
  type Located,
  locate,
  locatorPath,
  locatorText,
  type TypeSubject,
  TypeSubjectError,
} from './subject.js'

/** A report, and what the type says that values have: for the comparison with one. */
export interface Examined {
  readonly report: TypeReport
  readonly claimed: readonly string[]
}

/**
 * Judges declarations by the type laws, all of them in one program.
 *
 * @throws TypeSubjectError where one does not exist
 */
export function examine(subjects: readonly TypeSubject[]): Examined[] {
  const options = optionsFor(subjects[0]?.folder ?? '.')
  const parsed = new Map<string, ts.SourceFile | undefined>()
  // To find a declaration takes no libraries, and without them next to no time.
  const locators = compile(
    new Map(subjects.map((subject, index) => [locatorPath(subject, index), locatorText(subject)])),
    { ...options, noLib: true, types: [] },
    parsed,
  )
  const located = subjects.map((subject, index) => locate(locators, subject, index))
  const probes = subjects.map((subject, index) => probe(subject, located[index]!))
  const program = compile(
    new Map(subjects.map((subject, index) => [probePath(subject, index), probes[index]!.text])),
    options,
    parsed,
  )
  return subjects.map((subject, index) => {
    const file = program.getSourceFile(probePath(subject, index))!
    return new Examination(program, file, probes[index]!, located[index]!).result(subject.name)
  })
}

/** One subject's probe, after it was compiled. */
class Examination {
  readonly #checker: ts.TypeChecker
  readonly #exports: ReadonlyMap<string, ts.Symbol>
  readonly #diagnostics: readonly ts.Diagnostic[]
  readonly #claimed: readonly string[]

  constructor(
    readonly program: ts.Program,
    readonly file: ts.SourceFile,
    readonly probed: Probe,
    readonly located: Located,
  ) {
    this.#checker = program.getTypeChecker()
    const module = this.#checker.getSymbolAtLocation(file)!
    this.#exports = new Map(this.#checker.getExportsOfModule(module).map((each) => [each.name, each]))
    this.#diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    this.#claimed = this.#members()
  }

  /** @throws TypeSubjectError where what it is or gives was said in words that mean nothing there */
  result(subject: string): Examined {
    const nonsense = this.#diagnostics.find(({ start = 0 }) => start < this.probed.subjectEnd)
    if (nonsense) throw new TypeSubjectError(`${subject} cannot be judged: ${message(nonsense)}`)
    const verdicts = [...this.#fromTypes(), ...this.#fromCalls()]
    const nothing = verdicts.some(({ law, verdict }) => law === NO_THEN && verdict === 'violated')
    const kept = nothing ? verdicts.map(onlyThat) : verdicts
    const declared = declarationVerdicts(this.program, this.located.declarations)
    return {
      report: {
        subject,
        protocol: 'types',
        typescript: typescript().version,
        of: this.located.awaitable === undefined ? '' : this.#text(this.#type('T')),
        verdicts: [
          ...kept,
          ...declared.map(([claim, found]) => verdictOn(claim, found === undefined, found)),
        ],
      },
      claimed: this.#claimed,
    }
  }

  /** The pairs of claim and verdict that the predicates came to, save those that only a call can tell. */
  #fromTypes(): TypeVerdict[] {
    return this.probed.verdicts.flatMap(({ alias, about }) =>
      this.#elements(this.#type(alias)).flatMap((pair) => {
        const [claimType, holds] = this.#elements(pair)
        const claim = (claimType as ts.StringLiteralType).value as Claim
        const line = this.#line(claim)
        if (line?.judged) return []
        if (holds!.flags & typescript().TypeFlags.StringLiteral) {
          return [notApplicable(claim, (holds as ts.StringLiteralType).value)]
        }
        const { code } = typeLaws[claim] as TypeLaw
        const bare = about === '' ? (code === undefined ? undefined : { code }) : { code: `x.${about}` }
        return [verdictOn(claim, this.#isTrue(holds!), line ? this.#example(line) : bare)]
      }),
    )
  }

  #fromCalls(): TypeVerdict[] {
    return this.probed.lines.flatMap((line) => {
      if (line.judged === undefined) return []
      const member = /^x\.(catch|finally)\b/.exec((typeLaws[line.claim] as TypeLaw).code ?? '')?.[1]
      if (member !== undefined && !this.#claimed.includes(member))
        return [notApplicable(line.claim, `there is no ${member}`)]
      const example = this.#example(line)
      return [
        verdictOn(line.claim, example.error === undefined && this.#isTrue(this.#type(line.judged)), example),
      ]
    })
  }

  /** What became of a line: the type it has, or why it does not compile. */
  #example(line: Line): TypeCounterexample {
    const { code = '', gives }: TypeLaw = typeLaws[line.claim]
    const error = this.#diagnostics.find(({ start = -1 }) => start >= line.start && start < line.end)
    const expected = gives === undefined || gives === 'unknown' ? {} : { expected: gives }
    if (error) return { code, ...expected, error: message(error) }
    const [signature] = this.#checker
      .getTypeOfSymbolAtLocation(this.#exports.get(line.shown)!, this.file)
      .getCallSignatures()
    return { code, gives: this.#text(this.#checker.getReturnTypeOfSignature(signature!)), ...expected }
  }

  /** Those members that values of the type have for certain. */
  #members(): string[] {
    if (this.located.awaitable === undefined) return []
    const type = this.#type('X')
    const optional = typescript().SymbolFlags.Optional
    return MEMBERS.filter((name) => {
      const property = this.#checker.getPropertyOfType(type, name)
      return property !== undefined && (property.flags & optional) === 0
    })
  }

  #line(claim: Claim): Line | undefined {
    return this.probed.lines.find((line) => line.claim === claim)
  }

  #type(alias: string): ts.Type {
    return this.#checker.getDeclaredTypeOfSymbol(this.#exports.get(alias)!)
  }

  #elements(tuple: ts.Type): readonly ts.Type[] {
    return this.#checker.getTypeArguments(tuple as ts.TypeReference)
  }

  #isTrue(type: ts.Type): boolean {
    return this.#checker.typeToString(type) === 'true'
  }

  /** A type as a person would write it: where it comes from is known. */
  #text(type: ts.Type): string {
    const { NoTruncation, UseAliasDefinedOutsideCurrentScope } = typescript().TypeFormatFlags
    return this.#checker
      .typeToString(type, undefined, NoTruncation | UseAliasDefinedOutsideCurrentScope)
      .replaceAll(/import\("[^"]*"\)\./g, '')
  }
}

const verdictOn = (
  claim: Claim,
  holds: boolean,
  counterexample: TypeCounterexample | undefined,
): TypeVerdict => ({
  law: `types/${claim}`,
  level: typeLaws[claim].level,
  verdict: holds ? 'holds' : 'violated',
  ...(holds || !counterexample ? {} : { counterexample }),
})

const notApplicable = (claim: Claim, reason: string): TypeVerdict => ({
  law: `types/${claim}`,
  level: typeLaws[claim].level,
  verdict: 'not-applicable',
  reason,
})

/** Where there is nothing to wait for, nothing else is said of it. */
const onlyThat = (verdict: TypeVerdict): TypeVerdict =>
  verdict.law === NO_THEN
    ? verdict
    : { law: verdict.law, level: verdict.level, verdict: 'not-applicable', reason: 'there is no then' }

const NO_THEN = 'types/has-then'

const message = ({ messageText }: ts.Diagnostic): string =>
  typescript()
    .flattenDiagnosticMessageText(messageText, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/import\("[^"]*"\)\./g, '')
