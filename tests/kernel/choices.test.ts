import { describe, expect, it } from 'vitest'
import { Choices, deviations, Fixed, trim } from '../../src/core/choices.js'
import { play } from './run.js'

const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    owner: String(index),
    words: String(index),
    label: String(index),
  }))

describe('choices', () => {
  it('are first-in-first-out where there is none', () => {
    const choices = new Choices(new Fixed([]))
    expect([choices.next(options(3)), choices.next(options(2))]).toEqual([0, 0])
    expect(choices.taken).toEqual([])
  })

  it('take no entry where there is nothing to choose', () => {
    const choices = new Choices(new Fixed([1]))
    expect([choices.next(options(1)), choices.next(options(2))]).toEqual([0, 1])
    expect(choices.taken).toEqual([1])
  })

  it('wrap around, so that any array is valid', () => {
    const choices = new Choices(new Fixed([5, 7]))
    expect([choices.next(options(3)), choices.next(options(2))]).toEqual([2, 1])
    expect(choices.taken).toEqual([2, 1])
  })

  it('say how deep an action is injected, where a schedule may inject at all', () => {
    const choices = new Choices(new Fixed([1, 2]))
    expect([choices.next(options(2)), choices.injection(0), choices.injection(3)]).toEqual([1, 0, 2])
    expect(choices.taken).toEqual([1, 2])
  })

  it('are trimmed of the defaults at their end', () => {
    expect(trim([0, 2, 0, 0])).toEqual([0, 2])
    expect(trim([0, 0])).toEqual([])
    expect(deviations([0, 2, 0, 1])).toBe(2)
  })
})

describe('the world', () => {
  const order = async (choices: readonly number[]) => {
    const { history } = await play((world) => {
      for (const client of ['A', 'B', 'C'])
        world.client(client, [{ op: 'ask', run: () => 1, answers: 'value' }])
    }, choices)
    return history.calls().map(({ actor }) => actor)
  }

  it('plays clients in the order in which they came', async () => {
    expect(await order([])).toEqual(['A', 'B', 'C'])
  })

  it('plays them as the choices say, counted from those that are left', async () => {
    expect(await order([2])).toEqual(['C', 'A', 'B'])
    expect(await order([1, 1])).toEqual(['B', 'C', 'A'])
    expect(await order([4])).toEqual(['B', 'A', 'C'])
  })
})
