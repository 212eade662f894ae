import type { Counterexample } from '../core/report.js'
import { runtime } from './script-runtime.js'
import { sources } from './script-sources.js'
import { Constants, isReal, isSeen, quote, steps, waitOf } from './script-steps.js'
import { watch } from './script-watch.js'
import { Telling } from './telling.js'

/** What a reproduction is made of. */
export interface Reproduction {
  readonly subject: string
  readonly law: string
  readonly statement: string
  readonly counterexample: Counterexample
  /** The adapter's members, as `Function.prototype.toString` gives them. */
  readonly members: Readonly<Record<string, string>>
  /** Functions that make of the adapter, one after the other, the one that the run is about. Default none. */
  readonly views?: readonly string[]
  /** Import lines that the members need, as they read from where the script will lie. */
  readonly imports: readonly string[]
  /** Declarations of the laws file that the members need. */
  readonly declarations: readonly string[]
}

/**
 * A counterexample as a program: it needs the subject, and nothing of the kit. It plays the recorded steps, prints
 * what was recorded beside what it sees, and says whether the two agree.
 */
export function renderScript(reproduction: Reproduction): string {
  const { counterexample, members, views = [], imports, declarations } = reproduction
  const { history } = counterexample
  const telling = new Telling(history)
  const constants = new Constants()
  const made = sources(history, constants)
  const played = steps(history, telling, constants)
  const hangs = history.some(({ type }) => type === 'hang')
  const signals = history.flatMap(({ type, actor }) => (type === 'signal' ? [actor] : []))
  const parts = [
    header(reproduction),
    [...imports].join('\n'),
    isReal(history) ? runtime : `${runtime}\n${CLOCKS}`,
    declarations.join('\n\n'),
    `// The subject, as the laws file makes it.\nlet adapter = {\n${Object.entries(members).map(member).join(',\n')},\n}`,
    ...views.map(
      (view) => `// The same as a protocol that it refines sees it.\nadapter = (${view})(adapter)`,
    ),
    [...constants.lines, ...made, `let ${['subject', ...signals].join(', ')}`].join('\n'),
    ...(hangs ? [watch.begin] : []),
    played.join('\n'),
    ...(hangs ? [watch.end] : []),
    ending(reproduction, telling),
  ]
  return `${parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

const CLOCKS = `// Only timers take real time.
kit.setClocks()`

/** From when on a wait is worth a word, in seconds. */
const LONG_S = 5
/** Nobody waits any longer, in seconds. */
const LONGEST_S = 60

function header({ subject, law, counterexample, imports }: Reproduction): string {
  const typed = imports.some((line) => /\.[cm]?tsx?['"]/.test(line))
  const waitS = Math.round(waitOf(counterexample.history) / 1000)
  const lines = [
    `${law}, broken by ${subject}`,
    '',
    'Written by lawful; it stands alone and needs only the subject. It exits with 1 as long as the run goes as it was',
    `recorded. The same run in the kit: npx lawful replay '${counterexample.replay}'`,
    ...(waitS > LONG_S && waitS <= LONGEST_S ? [`It takes ${waitS} s, as the subject's timers do.`] : []),
    ...(waitS > LONGEST_S ? [`The subject's timers take ${waitS} s, for which it does not wait.`] : []),
    ...(typed ? ['The subject is TypeScript: run this with Node 22.18 or later, or with `npx tsx`.'] : []),
  ]
  return lines.map((line) => `// ${line}`.trimEnd()).join('\n')
}

/** A method keeps its own form; a function is the value of a property. */
function member([name, source]: readonly [string, string]): string {
  if (source.includes('[native code]'))
    return `  ${name}: undefined /* it is native or bound: write it here */`
  const isFunction = /^(async\s+)?(function\b|\(|[\w$]+\s*=>)|^class\b/.test(source)
  return isFunction ? `  ${name}: ${source}` : `  ${source}`
}

function ending({ statement, counterexample }: Reproduction, telling: Telling): string {
  const { history, blame, message } = counterexample
  const tooLong = waitOf(history) > LONGEST_S * 1000
  const otherwise = tooLong ? "the subject's timers take too long" : 'at ≠ the run goes another way'
  const comparable = history.filter(isSeen)
  const blamed = comparable.flatMap(({ seq }, index) => (blame.includes(seq) ? [index] : []))
  const beyond = history.filter((event) => blame.includes(event.seq) && !isSeen(event))
  const recorded = comparable.map((event) => `  ${quote(telling.tell(event).words)},`)
  const deadlocks = isReal(history) ? [] : history.filter(({ type }) => type === 'deadlock')
  return [
    ...deadlocks.map(
      ({ id, actor }) => `if (kit.open.has(${id ?? 0})) kit.note(${quote(`${actor} waits for ever`)})`,
    ),
    "for (const reason of kit.unhandled) kit.note('the host reports ' + kit.show(reason) + ' as unhandled')",
    `const recorded = [\n${recorded.join('\n')}\n]`,
    `const same = kit.compare(recorded, [${blamed.join(', ')}])`,
    `console.log(${quote(`\n${statement}\n✗ ${message}\n`).replaceAll('\n', '\\n')})`,
    ...beyond.map(
      (event) =>
        `console.log(${quote(`Only the kit can see that ${telling.tell(event).words}; everything else is compared.`)})`,
    ),
    `const why = kit.skipped ? 'there is no code for some of its steps' : ${quote(otherwise)}`,
    "console.log(same ? 'REPRODUCED' : 'NOT REPRODUCED: ' + why)",
    '// A subject may have timers of its own left: they do not matter any more.',
    'process.exit(same ? 1 : 0)',
  ].join('\n')
}
