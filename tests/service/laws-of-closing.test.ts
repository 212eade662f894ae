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
  opened,
  opens,
  served,
} from './steps.js'

describe('every-resource-is-closed', () => {
  const claim = 'every-resource-is-closed'

  it('is broken by a resource that is left open, whether it was open or being opened', () => {
    expect(judge(claim, [...served, [dispose('D'), done('D')]])).toBe('violated')
    expect(
      judge(claim, [
        [get('A'), opens()],
        [dispose('D'), done('D')],
        [opened(1), gets('A', 1)],
      ]),
    ).toBe('violated')
  })

  it('is broken where one of two that look alike is left open', () => {
    const again = [
      [get('A'), opens()],
      [opened(1), gets('A', 1)],
      [dispose('D'), done('D')],
    ]
    expect(judge(claim, [...served, ...disposed, ...again])).toBe('violated')
    expect(judge(claim, [...served, ...disposed, ...served, ...disposed])).toBe('holds')
  })

  it('is kept by a closing, and asks nothing of what was opened later or not at all', () => {
    expect(judge(claim, [...served, ...disposed])).toBe('holds')
    expect(judge(claim, [...served, ...disposed, [get('A'), opens()], [opened(2), gets('A', 2)]])).toBe(
      'holds',
    )
    expect(judge(claim, served)).toBe('unexercised')
    expect(
      judge(claim, [[get('A'), opens()], [dispose('D')], [fails('no'), hears('A', 'no'), done('D')]]),
    ).toBe('unexercised')
  })

  it('asks nothing where a user is left, or where one has come after the last had gone', () => {
    const counted = { dispose: 'last-user' } as const
    expect(judge(claim, [...served, [get('B'), gets('B', 1)], [dispose('A'), done('A')]], counted)).toBe(
      'unexercised',
    )
    expect(judge(claim, [...served, [dispose('A'), get('B'), done('A'), gets('B', 1)]], counted)).toBe(
      'unexercised',
    )
    expect(judge(claim, [...served, [dispose('A'), done('A')]], counted)).toBe('violated')
  })

  it('ignores a dispose that nobody has paired with a get', () => {
    const early = [[dispose('A'), done('A')], ...served, [dispose('A'), done('A')]]
    expect(judge(claim, early, { dispose: 'last-user' })).toBe('violated')
  })
})

describe('closes-once', () => {
  const claim = 'closes-once'

  it('is broken by a second closing of one resource', () => {
    expect(judge(claim, [...served, [dispose('D'), closes(1)], [dispose('E'), closes(1)]])).toBe('violated')
  })

  it('is kept by one closing for two disposes, and by as many as there were openings', () => {
    expect(
      judge(claim, [...served, [dispose('D'), closes(1)], [dispose('E')], [closed(), done('D'), done('E')]]),
    ).toBe('holds')
    expect(judge(claim, [...served, ...disposed, ...served, ...disposed])).toBe('holds')
    expect(judge(claim, [...served, ...disposed])).toBe('unexercised')
  })
})

describe('closes-only-what-was-opened', () => {
  const claim = 'closes-only-what-was-opened'

  it('is broken by a closing of what no opening gave, and by one that comes too early', () => {
    expect(judge(claim, [...served, [dispose('D'), closes(2)]])).toBe('violated')
    expect(
      judge(claim, [
        [get('A'), opens()],
        [dispose('D'), closes(1)],
        [opened(1), gets('A', 1)],
      ]),
    ).toBe('violated')
    expect(judge(claim, [[get('A', 'a'), opens('a')], [opened(1)], [dispose('D'), closes(1, 'b')]])).toBe(
      'violated',
    )
  })

  it('is kept by a closing of what was opened', () => {
    expect(judge(claim, [...served, ...disposed])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })
})

describe('closes-nothing-unasked', () => {
  const claim = 'closes-nothing-unasked'

  it('is broken by a closing without a dispose, and by one for which the dispose came too early', () => {
    expect(judge(claim, [...served, [closes(1)]])).toBe('violated')
    expect(
      judge(claim, [...served, ...disposed, [get('B'), opens()], [opened(2), gets('B', 2), closes(2)]]),
    ).toBe('violated')
  })

  it('is kept by a dispose between the get and the closing, though the opening began after it', () => {
    expect(judge(claim, [...served, ...disposed])).toBe('holds')
    expect(judge(claim, [[get('A')], [dispose('D'), opens()], [opened(1), gets('A', 1), closes(1)]])).toBe(
      'holds',
    )
    expect(judge(claim, served)).toBe('unexercised')
  })

  it('says nothing of resources that look alike', () => {
    const alike = [
      [get('B'), opens()],
      [opened(1), gets('B', 1), closes(1)],
    ]
    expect(judge(claim, [...served, ...disposed, ...alike])).toBe('holds')
  })
})
