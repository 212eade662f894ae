import { describe, expect, it } from 'vitest'
import type { Act } from '../../properties/thenable/temper.js'
import { thenableSource } from '../../properties/thenable/temper-source.js'

const act = (does: Act['does'], value: unknown): Act => ({ does, value, inner: undefined })
const source = (
  shape: Parameters<typeof thenableSource>[0],
  now: readonly Act[] = [],
  later: readonly Act[] = [],
) => thenableSource(shape, { now, later, reason: "Error('e1')" }, String)

/** What a thenable does when its `then` is called, from the text alone. */
function played(text: string): string[] {
  const seen: string[] = []
  const thenable = new Function('setImmediate', `return (${text})`)((run: () => void) => {
    seen.push('later')
    run()
  }) as PromiseLike<unknown>
  try {
    thenable.then(
      (value) => seen.push(`fulfils ${value}`),
      (reason) => seen.push(`rejects ${reason}`),
    )
  } catch (error) {
    seen.push(`throws ${error}`)
  }
  return seen
}

describe('a thenable as JavaScript', () => {
  it.each(['object', 'function', 'inherited', 'proxy'] as const)('does what it should, as %s', (shape) => {
    const text = source(shape, [act('fulfil', 1), act('throw', 2)], [act('reject', 3)])
    expect(played(text)).toEqual(['later', 'rejects 3', 'fulfils 1', 'throws 2'])
    expect(played(source(shape))).toEqual([])
  })

  it('fulfils with another one', () => {
    const inner = { name: 'T2', thenable: {}, code: source('object', [act('fulfil', 1)]) }
    const text = source('object', [{ does: 'fulfil', value: inner.thenable, inner }])
    expect(text).toBe('{ then(f, r) { try { f?.({ then(f, r) { try { f?.(1) } catch {} } }) } catch {} } }')
  })

  it('neither misses a callback that it is not given, nor minds what one throws', () => {
    const text = source('object', [act('reject', 1), act('throw', 2)])
    const thenable = new Function(`return (${text})`)() as { then(f?: unknown, r?: unknown): void }
    const refuse = () => {
      throw 3
    }
    for (const callback of [undefined, refuse]) {
      let thrown: unknown
      try {
        thenable.then(undefined, callback)
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBe(2)
    }
  })

  it('has nothing to call', () => {
    expect(played(source('no then'))).toEqual(['throws TypeError: thenable.then is not a function'])
  })

  it('throws when it is read', () => {
    expect(played(source('throwing getter'))).toEqual(['throws Error: e1'])
  })
})
