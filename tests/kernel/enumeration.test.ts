import { describe, expect, it } from 'vitest'
import { deviations } from '../../src/core/choices.js'
import { Enumeration } from '../../src/core/explore.js'
import { play } from './run.js'

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))

/** Plays every schedule of `n` clients that call once each. */
async function orders(n: number): Promise<{ readonly order: string; readonly choices: readonly number[] }[]> {
  const enumeration = new Enumeration()
  const seen: { order: string; choices: readonly number[] }[] = []
  for (let choices = enumeration.next(); choices; choices = enumeration.next()) {
    const played = await play((world) => {
      for (let client = 0; client < n; client++) {
        world.client(String(client), [{ op: 'ask', run: () => 1, answers: 'value' }])
      }
    }, choices)
    enumeration.branched(played)
    seen.push({
      order: played.history
        .calls()
        .map(({ actor }) => actor)
        .join(''),
      choices,
    })
  }
  return seen
}

describe('enumeration', () => {
  it.each([1, 2, 3, 4, 5])('plays each order of %i independent actions once', async (n) => {
    const seen = await orders(n)
    expect(seen).toHaveLength(factorial(n))
    expect(new Set(seen.map(({ order }) => order)).size).toBe(factorial(n))
  })

  it('begins with first-in-first-out and departs from it step by step', async () => {
    const seen = await orders(4)
    expect(seen[0]).toEqual({ order: '0123', choices: [] })
    const counts = seen.map(({ choices }) => deviations(choices))
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  })

  it('follows a tree whose branches differ in depth', () => {
    const enumeration = new Enumeration()
    const played: string[] = []
    for (let choices = enumeration.next(); choices; choices = enumeration.next()) {
      played.push(choices.join(''))
      // Whoever goes first alone has a second choice to make, of three.
      enumeration.branched({ taken: choices, arities: (choices[0] ?? 0) === 0 ? [2, 3] : [2] })
    }
    expect(played.toSorted()).toEqual(['', '01', '02', '1'])
  })
})
