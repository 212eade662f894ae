import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearize, type Model, type Operation } from '../../src/core/index.js'

/** A register: reads give what was written last. */
type Access = { readonly write: number } | { readonly read: number }

const register: Model<number, Access> = {
  initial: 0,
  step(state, access) {
    if ('write' in access) return [access.write]
    return access.read === state ? [state] : []
  },
  keyOf: String,
}

const write = (value: number, call: number, end: number): Operation<Access> => ({
  input: { write: value },
  call,
  return: end,
})
const read = (value: number, call: number, end: number): Operation<Access> => ({
  input: { read: value },
  call,
  return: end,
})
const maybe = (operation: Operation<Access>): Operation<Access> => ({ ...operation, optional: true })
const judge = (...operations: Operation<Access>[]) => linearize(register, operations).verdict

describe('a register', () => {
  it('keeps what happens one after the other', () => {
    expect(judge()).toBe('holds')
    expect(judge(write(1, 1, 2), read(1, 3, 4))).toBe('holds')
    expect(judge(write(1, 1, 2), read(0, 3, 4))).toBe('violated')
  })

  it('lets what overlaps happen in either order', () => {
    expect(judge(write(1, 1, 4), read(0, 2, 3))).toBe('holds')
    expect(judge(write(1, 1, 4), read(1, 2, 3))).toBe('holds')
    expect(judge(write(1, 1, 4), read(2, 2, 3))).toBe('violated')
  })

  it('lets nobody see the old value once somebody has seen the new one', () => {
    expect(judge(write(1, 1, 6), read(1, 2, 3), read(0, 4, 5))).toBe('violated')
    expect(judge(write(1, 1, 6), read(0, 2, 3), read(1, 4, 5))).toBe('holds')
    expect(judge(write(1, 1, 6), read(1, 2, 4), read(0, 3, 5))).toBe('holds')
  })

  it('tells the order that explains a history', () => {
    const [a, b, c] = [write(1, 1, 6), read(0, 2, 3), read(1, 4, 5)]
    expect(linearize(register, [a, b, c])).toEqual({ verdict: 'holds', order: [b, a, c], stuck: [] })
  })

  it('tells how far it came, and what cannot be explained', () => {
    const [a, b, c] = [write(1, 1, 2), read(1, 3, 4), read(0, 5, 6)]
    expect(linearize(register, [a, b, c])).toEqual({ verdict: 'violated', order: [a, b], stuck: [c] })
  })
})

describe('operations that may have had no effect', () => {
  it('may happen late, or never', () => {
    const lost = maybe(write(1, 1, Number.POSITIVE_INFINITY))
    expect(judge(lost, read(0, 2, 3))).toBe('holds')
    expect(judge(lost, read(1, 2, 3))).toBe('holds')
    expect(judge(lost, read(0, 2, 3), read(1, 4, 5))).toBe('holds')
    expect(judge(lost, read(1, 2, 3), read(0, 4, 5))).toBe('violated')
  })

  it('do not happen after they returned', () => {
    expect(judge(maybe(write(1, 1, 2)), read(0, 3, 4), read(1, 5, 6))).toBe('violated')
    expect(judge(maybe(write(1, 1, 2)), read(1, 3, 4))).toBe('holds')
  })
})

describe('the search', () => {
  it('follows every state that an operation may lead to', () => {
    const toss: Model<number, 'toss' | number> = {
      initial: -1,
      step: (state, input) => (input === 'toss' ? [0, 1] : input === state ? [state] : []),
      keyOf: String,
    }
    const after = (seen: number) =>
      linearize(toss, [
        { input: 'toss', call: 1, return: 2 },
        { input: seen, call: 3, return: 4 },
      ]).verdict
    expect([after(0), after(1), after(2)]).toEqual(['holds', 'holds', 'violated'])
  })

  it('tries no state twice: of 9 writes at once there are 362,880 orders, and few states', () => {
    const writes = Array.from({ length: 9 }, (_, index) => write(index % 3, 1, 10))
    const impossible = read(7, 11, 12)
    expect(linearize(register, [...writes, impossible], 9 * 2 ** 9 * 3).verdict).toBe('violated')
  })

  it('gives up when its budget is spent, and says so', () => {
    const writes = Array.from({ length: 9 }, (_, index) => write(index, 1, 10))
    const { verdict, stuck } = linearize(register, [...writes, read(99, 11, 12)], 50)
    expect({ verdict, stuck }).toEqual({ verdict: 'unknown', stuck: [] })
  })

  it('is not bounded by the stack', () => {
    const long = Array.from({ length: 1000 }, (_, index) => write(index, 2 * index, 2 * index + 1))
    expect(linearize(register, long, 10_000).verdict).toBe('holds')
  })
})

/** Every order of all items. */
function* orders<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield []
  for (const [index, item] of items.entries()) {
    for (const rest of orders(items.toSpliced(index, 1))) yield [item, ...rest]
  }
}

/** The definition, taken at its word. */
function explained(operations: readonly Operation<Access>[]): boolean {
  for (const order of orders(operations)) {
    const timely = order.every((later, index) => order.slice(0, index).every((b) => b.call < later.return))
    let states: readonly number[] = [register.initial]
    for (const { input } of order) states = states.flatMap((state) => register.step(state, input))
    if (timely && states.length > 0) return true
  }
  return false
}

describe('beside the definition', () => {
  const operation = fc
    .record({
      writes: fc.boolean(),
      value: fc.nat(1),
      call: fc.nat(8),
      lasts: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ writes, value, call, lasts }) =>
      writes ? write(value, call, call + lasts + 0.5) : read(value, call, call + lasts + 0.5),
    )

  it('says the same of any few operations', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 5 }), (operations) => {
        expect(linearize(register, operations).verdict).toBe(explained(operations) ? 'holds' : 'violated')
      }),
      { numRuns: 500, seed: 1 },
    )
  })
})
