import { describe, expect, it } from 'vitest'
import { deviations, type Option } from '../../src/core/choices.js'
import { Enumeration, REDUCED, type Reduction, UNREDUCED, type Walk } from '../../src/core/explore.js'
import type { World } from '../../src/core/index.js'
import type { Played } from '../../src/core/world/stage.js'
import { play } from './run.js'

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))

interface Seen {
  readonly played: Played
  readonly walk: Walk
}

/** Plays every schedule of a scenario that is not redundant. */
async function schedules(
  drive: (world: World) => void,
  reduction: Reduction = UNREDUCED,
  injection = 0,
): Promise<Seen[]> {
  const enumeration = new Enumeration(reduction)
  const seen: Seen[] = []
  for (let walk = enumeration.next(); walk; walk = enumeration.next()) {
    const played = await play(drive, walk, injection)
    enumeration.played(walk)
    if (!played.redundant) seen.push({ played, walk })
  }
  return seen
}

const ask = (key?: string) => ({
  op: 'ask',
  run: () => 1,
  answers: 'value' as const,
  ...(key ? { detail: { key } } : {}),
})

const order = ({ played }: Seen): string =>
  played.history
    .calls()
    .map(({ actor }) => actor)
    .join('')

/** Clients A, B, C… that call once each, on the keys given, or on nothing in particular. */
const clients =
  (n: number, { keys = [] as readonly string[], alike = false } = {}) =>
  (world: World) => {
    for (let index = 0; index < n; index++) {
      const name = String.fromCharCode(65 + index)
      world.client(name, [ask(keys[index])], alike ? 'any' : undefined)
    }
  }

describe('enumeration', () => {
  it.each([1, 2, 3, 4, 5])('plays each order of %i independent actions once', async (n) => {
    const orders = (await schedules(clients(n))).map(order)
    expect(orders).toHaveLength(factorial(n))
    expect(new Set(orders).size).toBe(factorial(n))
  })

  it('begins with first-in-first-out and departs from it step by step', async () => {
    const seen = await schedules(clients(4))
    expect(order(seen[0]!)).toBe('ABCD')
    const counts = seen.map(({ walk }) => deviations(walk.picks))
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(seen.map(({ walk }) => walk.deviations)).toEqual(counts)
  })

  it('follows a tree whose branches differ in depth', () => {
    const enumeration = new Enumeration()
    const options = (count: number): Option[] =>
      Array.from({ length: count }, (_, index) => ({ owner: '', words: '', label: String(index) }))
    const played: string[] = []
    for (let walk = enumeration.next(); walk; walk = enumeration.next()) {
      // Whoever goes first alone has a second choice to make, of three.
      if (walk.pick(options(2)) === 0) walk.pick(options(3))
      enumeration.played(walk)
      played.push(walk.picks.join(''))
    }
    expect(played.toSorted()).toEqual(['00', '01', '02', '1'])
  })
})

describe('symmetry', () => {
  it('lets clients that do the same come in one order', async () => {
    expect(await schedules(clients(4, { alike: true }), REDUCED)).toHaveLength(1)
  })

  it('tells them apart again as soon as they have begun', async () => {
    const twice = (world: World) => {
      for (const name of ['A', 'B']) world.client(name, [ask(), ask()], 'any')
    }
    expect(await schedules(twice)).toHaveLength(6)
    // A begins, whoever A is: then AABB, ABAB and ABBA are left.
    expect((await schedules(twice, REDUCED)).map(order).toSorted()).toEqual(['AABB', 'ABAB', 'ABBA'])
  })

  it('says nothing of clients that do different things', async () => {
    expect(await schedules(clients(3), REDUCED)).toHaveLength(6)
  })
})

describe('independence', () => {
  it('lets actions on different keys come in one order', async () => {
    expect(await schedules(clients(4, { keys: ['a', 'b', 'c', 'd'] }), REDUCED)).toHaveLength(1)
  })

  it('keeps every order of actions on one key', async () => {
    const seen = await schedules(clients(4, { keys: ['a', 'a', 'b', 'b'] }), REDUCED)
    const perKey = seen.map((each) => {
      const all = order(each)
      return `${all.replace(/[CD]/g, '')} ${all.replace(/[AB]/g, '')}`
    })
    expect(perKey.toSorted()).toEqual(['AB CD', 'AB DC', 'BA CD', 'BA DC'])
  })

  it('lets completions of different keys come in one order', async () => {
    const loads = (world: World) => {
      const plan = { give: 'promise', outcome: 'fulfil', value: 'fresh' } as const
      const load = world.source('load', [plan], { detail: ([key]) => ({ key: String(key) }) })
      for (const key of ['a', 'b', 'c']) {
        world.client(key, [{ op: 'get', run: () => load(key), detail: { key } }])
      }
    }
    expect((await schedules(loads)).length).toBeGreaterThan(6)
    expect(await schedules(loads, REDUCED)).toHaveLength(1)
  })
})

describe('injection', () => {
  it('is one more choice at each action that another one can follow', async () => {
    // Two orders, and in each of them the second comes after the drain, or one or two microtasks into it.
    expect(await schedules(clients(2), UNREDUCED, 2)).toHaveLength(6)
  })
})
