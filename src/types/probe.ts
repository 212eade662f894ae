import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TypeLaw } from './law.js'
import { type Claim, typeLaws } from './laws.js'
import { lawsOfMakers } from './laws-of-makers.js'
import type { Located, TypeSubject } from './subject.js'

/** The declarations of the module that a probe is written in: compiled, or where the kit runs from source, the source. */
function declarations(): string {
  const module = fileURLToPath(new URL('./probed.js', import.meta.url))
  const compiled = module.replace(/\.js$/, '.d.ts')
  return (existsSync(compiled) ? compiled : module.replace(/\.js$/, '.ts')).replaceAll('\\', '/')
}

export const probePath = ({ folder }: TypeSubject, index: number): string =>
  join(folder, `lawful-probe-${index}.mts`).replaceAll('\\', '/')

/** A probe's parts by the names of its exports, so that what the compiler finds leads back to laws. */
export interface Probe {
  readonly text: string
  /** Where the text ends that is about what the subject's own words mean. */
  readonly subjectEnd: number
  /** Names of aliases that hold pairs of a claim and its verdict; the prefix tells what they are about. */
  readonly verdicts: readonly { readonly alias: string; readonly about: string }[]
  /** Lines of code that are compiled for a law: from `start` up to `end` in the text. */
  readonly lines: readonly Line[]
}

export interface Line {
  readonly claim: Claim
  /** The function that has the line as its body, and the alias that says whether it gives what it must. */
  readonly shown: string
  readonly judged: string | undefined
  readonly start: number
  readonly end: number
}

/** Writes the file whose types are the verdicts on a subject. */
export function probe(subject: TypeSubject, located: Located): Probe {
  const { awaitable, wide, factory, value, of } = located
  const verdicts: { alias: string; about: string }[] = []
  const lines: Line[] = []
  let text = HEAD
  const judge = (about: string, type: string) => {
    const alias = `verdicts_${verdicts.length}`
    verdicts.push({ alias, about })
    text += `export type ${alias} = ${type}\n`
  }
  const show = (claims: readonly Claim[], args: string, adapt = (code: string) => code) => {
    for (const claim of claims) {
      const { code, gives }: TypeLaw = typeLaws[claim]
      if (code === undefined || code.includes('…')) continue
      const shown = `shown_${lines.length}`
      const judged = gives === undefined ? undefined : `judged_${lines.length}`
      const start = text.length
      text += `export const ${shown} = (${args}) => (${adapt(code)})\n`
      const end = text.length
      if (judged) text += `export type ${judged} = laws.Gives<ReturnType<typeof ${shown}>, ${gives}>\n`
      lines.push({ claim, shown, judged, start, end })
    }
  }
  text += `export type X = ${awaitable ?? 'never'}\n`
  text += `export type T = laws.Expected<X, ${of ?? 'laws.Untold'}>\n`
  const subjectEnd = text.length
  if (awaitable !== undefined) {
    judge('', `laws.Verdicts<X, ${of ?? 'laws.Untold'}, ${wide ?? 'never'}>`)
    show(AWAITABLE, 'x: X')
  }
  if (factory) {
    judge('', `laws.VerdictsOfFactory<${factory.type}>`)
    const adapt = (code: string) => `${factory.isClass ? 'new ' : ''}${code}`
    show(FACTORY, `x: ${factory.type}`, (code) => `laws_made(${adapt(code)})`)
  }
  for (const member of subject.settles ?? []) {
    judge(member, `laws.VerdictsOfSettling<X[${JSON.stringify(member)}], T>`)
  }
  for (const member of subject.cancels ?? []) {
    judge(member, `laws.VerdictsOfCancelling<${member === '' ? value : `X[${JSON.stringify(member)}]`}>`)
  }
  return { text, subjectEnd, verdicts, lines }
}

const makers = Object.keys(lawsOfMakers)
const CLAIMS = Object.keys(typeLaws) as Claim[]
const AWAITABLE = CLAIMS.filter((claim) => !makers.includes(claim))
const FACTORY = CLAIMS.filter((claim) => claim.startsWith('factory-'))

const HEAD = `import type * as laws from ${JSON.stringify(declarations())}
declare const laws_made: <R>(made: R) => laws.Made<R>
export interface Specimen { readonly specimen: 'value' }
export interface Wider { readonly wider: 'value' }
`
