import { describe, expect, it } from 'vitest'
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
  judge,
  notClosed,
  opened,
  opens,
  type Steps,
  served,
} from './steps.js'

const counted = { dispose: 'last-user' } as const

describe('opens-again-after-a-dispose', () => {
  const claim = 'opens-again-after-a-dispose'
  const badly: Steps = [...served, [dispose('D'), closes(1)], [notClosed('no'), hears('D', 'no')]]

  it('is broken by a rejection without a failed opening, well or badly closed', () => {
    expect(judge(claim, [...served, ...disposed, [get('B'), hears('B', 'off')]])).toBe('violated')
    expect(judge(claim, [...badly, [get('B'), hears('B', 'no')]])).toBe('violated')
    expect(
      judge(claim, [
        [dispose('D'), done('D')],
        [get('B'), hears('B', 'off')],
      ]),
    ).toBe('violated')
  })

  it('is kept by a new resource, and by the failure to open one', () => {
    expect(judge(claim, [...badly, [get('B'), opens()], [opened(2), gets('B', 2)]])).toBe('holds')
    expect(judge(claim, [...badly, [get('B'), opens()], [fails('nor'), hears('B', 'nor')]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, served, { reopen: false })).toBe('not-applicable')
  })

  it('says nothing of one who comes while it is being closed, or whom a further dispose disturbs', () => {
    expect(judge(claim, [...served, [dispose('D'), closes(1)], [get('B'), hears('B', 'off')]])).toBe(
      'unexercised',
    )
    expect(judge(claim, [...served, ...disposed, [get('B')], [dispose('D')], [hears('B', 'off')]])).toBe(
      'unexercised',
    )
  })
})

describe('stays-closed-after-a-dispose', () => {
  const claim = 'stays-closed-after-a-dispose'
  const final = (steps: Steps) => judge(claim, steps, { reopen: false })

  it('is broken by a new opening, and by any value', () => {
    expect(final([...served, ...disposed, [get('B'), opens()], [opened(2), gets('B', 2)]])).toBe('violated')
    expect(final([...served, [dispose('D'), closes(1), get('B'), gets('B', 1)]])).toBe('violated')
  })

  it('is kept by a rejection', () => {
    expect(final([...served, ...disposed, [get('B'), hears('B', 'off')]])).toBe('holds')
    expect(final(served)).toBe('unexercised')
    expect(judge(claim, served)).toBe('not-applicable')
  })

  it('says nothing where there was nothing to dispose of', () => {
    expect(final([[dispose('D'), done('D')], ...served])).toBe('unexercised')
  })
})

/** A waits for the opening when D disposes. */
const interrupted: Steps = [[get('A'), opens()], [dispose('D')]]

describe('waiting-gets-are-rejected', () => {
  const claim = 'waiting-gets-are-rejected'

  it('is broken by a get that is served', () => {
    expect(judge(claim, [...interrupted, [opened(1), gets('A', 1), closes(1)]])).toBe('violated')
  })

  it('is kept by a rejection, at once or later', () => {
    expect(judge(claim, [...interrupted, [hears('A', 'off')], [opened(1), closes(1)]])).toBe('holds')
    expect(judge(claim, [...interrupted, [fails('no'), hears('A', 'no')]])).toBe('holds')
    expect(judge(claim, interrupted)).toBe('unexercised')
    expect(judge(claim, interrupted, { disposeWhileOpening: 'serves' })).toBe('not-applicable')
  })

  it('says nothing of an opening that has landed, or that belongs to those before', () => {
    expect(
      judge(claim, [
        [get('A'), opens()],
        [opened(1), dispose('D'), gets('A', 1)],
      ]),
    ).toBe('unexercised')
    const earlier: Steps = [
      [get('A')],
      [dispose('D'), opens()],
      [get('B')],
      [dispose('E')],
      [opened(1), gets('B', 1)],
    ]
    expect(judge(claim, earlier)).toBe('unexercised')
  })

  it('asks it of the last user only, and not where another one comes', () => {
    expect(judge(claim, [...interrupted, [opened(1), gets('A', 1)]], counted)).toBe('violated')
    expect(judge(claim, [...interrupted, [get('B')], [opened(1), gets('A', 1), gets('B', 1)]], counted)).toBe(
      'unexercised',
    )
  })
})

describe('waiting-gets-are-served', () => {
  const claim = 'waiting-gets-are-served'
  const serves = (steps: Steps) => judge(claim, steps, { disposeWhileOpening: 'serves' })

  it('is broken by a rejection, and by another resource', () => {
    expect(serves([...interrupted, [opened(1), hears('A', 'off')]])).toBe('violated')
    expect(serves([...interrupted, [opened(1), opens()], [opened(2), gets('A', 2)]])).toBe('violated')
  })

  it('is kept by the resource, and says nothing where opening fails', () => {
    expect(serves([...interrupted, [opened(1), gets('A', 1), closes(1)]])).toBe('holds')
    expect(serves([...interrupted, [fails('no'), hears('A', 'no')]])).toBe('unexercised')
    expect(judge(claim, interrupted)).toBe('not-applicable')
  })
})

describe('waiting-gets-get-a-new-resource', () => {
  const claim = 'waiting-gets-get-a-new-resource'
  const reopens = (steps: Steps) => judge(claim, steps, { disposeWhileOpening: 'reopens' })
  const closing: Steps = [...interrupted, [opened(1), closes(1)]]

  it('is broken by a rejection, and by the resource that is closed', () => {
    expect(reopens([...closing, [hears('A', 'off')]])).toBe('violated')
    expect(reopens([...closing, [gets('A', 1)]])).toBe('violated')
  })

  it('is kept by a new resource, and by a failure to close or to open', () => {
    expect(reopens([...closing, [closed(), opens()], [opened(2), gets('A', 2)]])).toBe('holds')
    expect(reopens([...closing, [notClosed('no'), hears('A', 'no')]])).toBe('holds')
    expect(reopens([...closing, [closed(), opens()], [fails('nor'), hears('A', 'nor')]])).toBe('holds')
    expect(reopens([...closing, [dispose('E')], [hears('A', 'off')]])).toBe('holds')
    expect(reopens(interrupted)).toBe('unexercised')
    expect(judge(claim, interrupted)).toBe('not-applicable')
    expect(judge(claim, interrupted, { disposeWhileOpening: 'reopens', reopen: false })).toBe(
      'not-applicable',
    )
  })
})

describe('no-resource-is-closed-under-a-user', () => {
  const claim = 'no-resource-is-closed-under-a-user'
  const shared: Steps = [...served, [get('B'), gets('B', 1)]]
  const judged = (steps: Steps) => judge(claim, steps, counted)

  it('is broken where one of two leaves, also where the other still waits', () => {
    expect(judged([...shared, [dispose('A'), closes(1)]])).toBe('violated')
    expect(judged([...served, [get('B'), dispose('A'), closes(1), gets('B', 1)]])).toBe('violated')
  })

  it('is broken by a count that a dispose too many has spoilt', () => {
    expect(judged([[dispose('C'), done('C')], ...shared, [dispose('A'), closes(1)]])).toBe('violated')
  })

  it('is kept where both have left', () => {
    expect(judged([...shared, [dispose('A'), done('A')], [dispose('B'), closes(1)]])).toBe('holds')
    expect(judged([...served, ...disposed])).toBe('unexercised')
    expect(judge(claim, [...shared, [dispose('A'), closes(1)]])).toBe('not-applicable')
  })

  it('counts those of the resources that were closed before, and of no other', () => {
    const again: Steps = [
      [get('A'), opens()],
      [opened(2), gets('A', 2)],
    ]
    expect(judged([...served, [dispose('A'), done('A')], ...again, [closes(1)]])).toBe('unexercised')
    expect(
      judged([...served, ...disposed, ...again, [get('B'), gets('B', 2)], [dispose('A'), closes(2)]]),
    ).toBe('violated')
  })

  it('says nothing where resources look alike', () => {
    expect(judged([...served, ...disposed, ...shared, [dispose('A'), closes(1)]])).toBe('unexercised')
  })
})
