import type { HistoryEvent } from '../core/history.js'
import { type Constants, isSeen, quote } from './script-steps.js'

/** The sources of a history: how each of their calls went, for those that went without waiting. */
export function sources(history: readonly HistoryEvent[], constants: Constants): string[] {
  return [...namesOf(history)].map((name) => {
    const starts = history.filter(({ type, actor }) => type === 'start' && actor === name)
    const plans = starts.map((start) => plan(start, history, constants))
    return `const ${name} = kit.source(${quote(name)}, [${plans.join(', ')}])`
  })
}

/** Those that were called, and those that were never called and appear only where they are handed in. */
function namesOf(history: readonly HistoryEvent[]): Set<string> {
  const names = new Set(
    history.flatMap((event) => (event.type === 'start' && isSeen(event) ? [event.actor] : [])),
  )
  const mentioned = history.flatMap(({ code = '' }) => words(code))
  for (const { op, code = '', detail } of history) {
    const handed =
      op === 'create' ? /^(?:await )?adapter\.\w+\((.*)\)$/.exec(code)?.[1]?.split(',') : undefined
    for (const name of handed?.map((each) => each.trim()) ?? [])
      if (/^[A-Za-z_$][\w$]*$/.test(name)) names.add(name)
    if (typeof detail?.from === 'string' && mentioned.includes(detail.from)) names.add(detail.from)
  }
  // Of a numbered row of them, those between are none the less in the code.
  const rows = new Set([...names].filter((name) => /\d$/.test(name)).map((name) => name.replace(/\d+$/, '')))
  for (const name of mentioned) if (/\d$/.test(name) && rows.has(name.replace(/\d+$/, ''))) names.add(name)
  for (const { type, actor } of history) if (type === 'signal') names.delete(actor)
  return names
}

/** The names in a piece of code, other than those of members. */
const words = (code: string): readonly string[] => code.match(/(?<![.\w$'])[A-Za-z_$][\w$]*/g) ?? []

function plan(start: HistoryEvent, history: readonly HistoryEvent[], constants: Constants): string {
  const { id, detail } = start
  const give = `give: ${quote(String(detail?.give ?? 'promise'))}`
  if (detail?.abortable) return `{ ${give}, abortable: true }`
  const end = history.find((event) => event.type === 'settle' && event.id === id)
  if (end?.outcome === 'returned' || end?.outcome === 'threw')
    return `{ ${give}, value: ${constants.of(end.value)} }`
  const followed = answerFor(start, history)
  return followed ? `{ ${give}, follows: () => ${followed} }` : `{ ${give} }`
}

/** The answer of the subject that a flight goes by, if it does: one that was asked for inside it. */
function answerFor(start: HistoryEvent, history: readonly HistoryEvent[]): string | undefined {
  const end = history.find(({ type, id }) => type === 'settle' && id === start.id)
  // What is settled by the world itself is settled at the beginning of a step.
  if (end && history.find(({ step }) => step === end.step) === end) return undefined
  const next = history[history.indexOf(start) + 1]
  if (next?.type === 'call' && next.step === start.step) return `given.${next.actor}`
  const asking = history.findLast(({ type, seq }) => type === 'call' && seq < start.seq)
  if (!asking?.detail?.reentrant || !asking.code) return undefined
  return `new Promise((fulfil, reject) => ${asking.code}.then(fulfil, reject))`
}
