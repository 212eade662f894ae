import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import {
  closed,
  closes,
  dispose,
  disposed,
  done,
  fails,
  get,
  gets,
  hears,
  hearsBoth,
  judge,
  notClosed,
  opened,
  opens,
  type Steps,
  served,
} from './steps.js'

describe('a-dispose-waits-for-the-closing', () => {
  const claim = 'a-dispose-waits-for-the-closing'

  it('is broken by a dispose that is over first', () => {
    expect(judge(claim, [...served, [dispose('D'), closes(1), done('D')], [closed()]])).toBe('violated')
    const while_ = [
      [get('A'), opens()],
      [dispose('D'), done('D')],
      [opened(1), hears('A', 'off'), closes(1)],
    ]
    expect(judge(claim, while_)).toBe('violated')
  })

  it('is kept by one that waits, and says nothing where nothing is closed', () => {
    expect(judge(claim, [...served, ...disposed])).toBe('holds')
    expect(judge(claim, [...served, [dispose('D')]])).toBe('unexercised')
  })

  it('leaves alone a dispose that may have come before the opening had begun', () => {
    const early: Steps = [
      [get('A'), dispose('D'), opens()],
      [dispose('E'), done('E')],
      [opened(1), closes(1)],
    ]
    expect(judge(claim, early)).toBe('unexercised')
  })

  it('asks it of the last user alone, where that is clear', () => {
    const counted = { dispose: 'last-user' } as const
    const two: Steps = [...served, [get('B'), gets('B', 1)], [dispose('A'), done('A')]]
    expect(judge(claim, [...two, [dispose('B'), closes(1)], [closed(), done('B')]], counted)).toBe('holds')
    expect(judge(claim, [...two, [dispose('B'), closes(1), done('B')], [closed()]], counted)).toBe('violated')
    const failing: Steps = [[get('C'), opens()], [fails('no'), hears('C', 'no')], ...served]
    expect(judge(claim, [...failing, [dispose('A'), closes(1), done('A')]], counted)).toBe('unexercised')
  })
})

describe('a-second-dispose-joins-the-first', () => {
  const claim = 'a-second-dispose-joins-the-first'
  const closing: Steps = [...served, [dispose('D'), closes(1)]]

  it('is broken by one that is told at once that all is closed', () => {
    expect(judge(claim, [...closing, [dispose('E'), done('E')], [closed(), done('D')]])).toBe('violated')
  })

  it('is kept by one that waits as well, whatever it is told', () => {
    expect(judge(claim, [...closing, [dispose('E')], [closed(), done('D'), done('E')]])).toBe('holds')
    expect(judge(claim, [...closing, [closed(), done('D')], [dispose('E'), done('E')]])).toBe('unexercised')
    expect(judge(claim, closing, { disposeTwice: 'returns' })).toBe('not-applicable')
    expect(judge(claim, closing, { dispose: 'last-user' })).toBe('not-applicable')
  })

  it('says nothing of one that has a closing of its own to wait for', () => {
    const reopened: Steps = [
      [get('B'), opens()],
      [opened(2), gets('B', 2)],
      [dispose('E'), closes(2)],
    ]
    expect(judge(claim, [...closing, ...reopened, [closed('close#2'), done('E')]])).toBe('unexercised')
    const forThoseWhoWait: Steps = [[opens()], [dispose('E'), done('E')], [fails('no')]]
    expect(judge(claim, [...closing, ...forThoseWhoWait])).toBe('unexercised')
  })
})

describe('a-second-dispose-returns-on-its-own', () => {
  const claim = 'a-second-dispose-returns-on-its-own'
  const returns = (steps: Steps) => judge(claim, steps, { disposeTwice: 'returns' })
  const closing: Steps = [...served, [dispose('D'), closes(1)]]

  it('is broken by one that waits for a closing that takes its time', () => {
    expect(returns([...closing, [dispose('E')], [at(50), closed(), done('D'), done('E')]])).toBe('violated')
  })

  it('is kept by one that is answered before, and says nothing of a short closing', () => {
    expect(returns([...closing, [dispose('E'), done('E')], [at(50), closed(), done('D')]])).toBe('holds')
    expect(returns([...closing, [dispose('E')], [at(1), closed(), done('D'), done('E')]])).toBe('unexercised')
    expect(judge(claim, closing)).toBe('not-applicable')
    expect(judge(claim, closing, { dispose: 'last-user' })).toBe('not-applicable')
  })
})

describe('a-failing-close-is-reported', () => {
  const claim = 'a-failing-close-is-reported'
  const failing = (reason: unknown): Steps => [...served, [dispose('D'), closes(1)], [notClosed(reason)]]

  it('is broken by a dispose that is fulfilled, or told something else', () => {
    expect(judge(claim, [...failing('no'), [done('D')]])).toBe('violated')
    expect(judge(claim, [...failing(undefined), [done('D')]])).toBe('violated')
    expect(judge(claim, [...failing('no'), [hears('D', new Error('no'))]])).toBe('violated')
  })

  it('is kept by the very reason, told to one of those who dispose', () => {
    expect(judge(claim, [...failing(undefined), [hears('D', undefined)]])).toBe('holds')
    expect(
      judge(claim, [
        ...failing('no').slice(0, -1),
        [dispose('E')],
        [notClosed('no'), done('E'), hears('D', 'no')],
      ]),
    ).toBe('holds')
    expect(judge(claim, [...served, ...disposed])).toBe('unexercised')
  })

  it('says nothing where nobody has disposed, or somebody still waits', () => {
    expect(judge(claim, [...served, [closes(1)], [notClosed('no')]])).toBe('unexercised')
    expect(judge(claim, failing('no'))).toBe('holds')
  })
})

/** Two nodes are open, and closed one after the other, both in vain. */
const twice = (...told: Steps): Steps => [
  [get('A', 'a'), opens('a')],
  [opened(1), gets('A', 1), get('A', 'b'), opens('b')],
  [opened(2), gets('A', 2)],
  [dispose('D'), closes(2, 'b')],
  [notClosed('no b'), closes(1, 'a')],
  [notClosed('no a')],
  ...told,
]

describe('every-failing-close-is-reported', () => {
  const claim = 'every-failing-close-is-reported'

  it('is broken where one of the reasons is lost', () => {
    expect(judge(claim, twice([hears('D', 'no a')]))).toBe('violated')
    expect(judge(claim, twice([done('D')]))).toBe('violated')
  })

  it('is kept by an error that holds both', () => {
    expect(judge(claim, twice(hearsBoth('D', 'no a', 'no b')))).toBe('holds')
    expect(judge(claim, [...served, ...disposed])).toBe('unexercised')
    expect(judge(claim, twice(), { closeErrors: 'first' })).toBe('not-applicable')
  })
})

describe('a-later-failure-suppresses-the-earlier', () => {
  const claim = 'a-later-failure-suppresses-the-earlier'

  it('is broken by the order of failing', () => {
    expect(judge(claim, twice(hearsBoth('D', 'no b', 'no a')))).toBe('violated')
  })

  it('is kept by the later one outermost, and says nothing where one is missing', () => {
    expect(judge(claim, twice(hearsBoth('D', 'no a', 'no b')))).toBe('holds')
    expect(judge(claim, twice([hears('D', 'no a')]))).toBe('holds')
    expect(judge(claim, [...served, ...disposed])).toBe('unexercised')
    expect(judge(claim, twice(), { closeErrors: 'first' })).toBe('not-applicable')
  })
})

describe('the-first-failing-close-is-reported', () => {
  const claim = 'the-first-failing-close-is-reported'
  const first = (steps: Steps) => judge(claim, steps, { closeErrors: 'first' })

  it('is broken by the last one, and by silence', () => {
    expect(first(twice([hears('D', 'no a')]))).toBe('violated')
    expect(first(twice([done('D')]))).toBe('violated')
  })

  it('is kept by the first', () => {
    expect(first(twice([hears('D', 'no b')]))).toBe('holds')
    expect(first([...served, ...disposed])).toBe('unexercised')
    expect(judge(claim, twice())).toBe('not-applicable')
  })
})

describe('a-dispose-fails-only-where-a-closing-did', () => {
  const claim = 'a-dispose-fails-only-where-a-closing-did'

  it('is broken by a dispose that fails before, after or again', () => {
    expect(judge(claim, [[dispose('D'), hears('D', 'nothing to close')]])).toBe('violated')
    expect(judge(claim, [...served, ...disposed, [dispose('D'), hears('D', 'again')]])).toBe('violated')
  })

  it('is kept by one that is fulfilled, and by what a closing or an opening failed with', () => {
    expect(judge(claim, [[dispose('D'), done('D')]])).toBe('holds')
    expect(judge(claim, [...served, [dispose('D'), closes(1)], [notClosed('no'), hears('D', 'no')]])).toBe(
      'unexercised',
    )
    expect(
      judge(claim, [[get('A'), opens()], [dispose('D')], [fails('no'), hears('A', 'no'), hears('D', 'no')]]),
    ).toBe('holds')
  })
})

describe('a-failed-opening-is-not-told-again', () => {
  const claim = 'a-failed-opening-is-not-told-again'
  const failing: Steps = [[get('A'), opens()], [dispose('D')], [fails('no'), hears('A', 'no')]]

  it('is broken by a dispose that is rejected with that reason', () => {
    expect(judge(claim, [...failing, [hears('D', 'no')]])).toBe('violated')
  })

  it('is kept by one that is fulfilled', () => {
    expect(judge(claim, [...failing, [done('D')]])).toBe('holds')
    expect(judge(claim, [...served, ...disposed])).toBe('unexercised')
  })
})
