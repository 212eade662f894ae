import type { Act, Temper } from './temper.js'

/** What the `then` of a thenable is that has none to call. */
export const NOT_CALLABLE = 'not a function'

/** What a thenable does, once its values are known; `reason` is what its getter throws, as text. */
export interface Conduct {
  readonly now: readonly Act[]
  readonly later: readonly Act[]
  readonly reason: string
}

/** A thenable as a JavaScript expression, for the stand-alone reproduction. */
export function thenableSource(
  shape: Temper['shape'],
  { now, later, reason }: Conduct,
  text: (value: unknown) => string,
): string {
  const deed = ({ does, value, inner }: Act): string => {
    const argument = inner?.code ?? text(value)
    if (does === 'throw') return `throw ${argument}`
    // There may be no callback to call, and what it throws is not the thenable's.
    return `try { ${does === 'fulfil' ? 'f' : 'r'}?.(${argument}) } catch {}`
  }
  const body = [...later.map((act) => `setImmediate(() => { ${deed(act)} })`), ...now.map(deed)].join('; ')
  const object = `{ then(f, r) {${body === '' ? '' : ` ${body} `}} }`
  switch (shape) {
    case 'object':
      return object
    case 'function':
      return `Object.assign(() => {}, ${object})`
    case 'inherited':
      return `Object.create(${object})`
    case 'proxy':
      return `new Proxy({}, { get: (_, key) => (key === 'then' ? ${object}.then : undefined) })`
    case 'no then':
      return `{ then: '${NOT_CALLABLE}' }`
    case 'throwing getter':
      return `{ get then() { throw ${reason} } }`
  }
}
