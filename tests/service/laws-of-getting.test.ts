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
  type Steps,
  served,
} from './steps.js'

const counted = { dispose: 'last-user' } as const

describe('gives-what-was-opened', () => {
  const claim = 'gives-what-was-opened'

  it('is broken by a value that no opening gave, or not yet', () => {
    expect(judge(claim, [[get('A'), gets('A', undefined)]])).toBe('violated')
    expect(
      judge(claim, [
        [get('A'), opens()],
        [opened({}), gets('A', {})],
      ]),
    ).toBe('violated')
    expect(
      judge(claim, [
        [get('A', 'a'), opens('b')],
        [opened(1), gets('A', 1)],
      ]),
    ).toBe('violated')
  })

  it('is kept by what an opening gave', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(
      judge(claim, [
        [get('A'), opens()],
        [fails('no'), hears('A', 'no')],
      ]),
    ).toBe('unexercised')
  })
})

describe('opens-only-for-a-get', () => {
  const claim = 'opens-only-for-a-get'

  it('is broken by a dispose that opens, before anybody has asked and after', () => {
    expect(judge(claim, [[dispose('D'), opens()]])).toBe('violated')
    expect(judge(claim, [...served, ...disposed, [dispose('D'), opens()]])).toBe('violated')
  })

  it('is kept where somebody waits, or was turned away meanwhile', () => {
    expect(judge(claim, [...served, ...disposed])).toBe('holds')
    expect(judge(claim, [[get('A')], [dispose('D'), done('D'), hears('A', 'off')], [opens()]])).toBe(
      'unexercised',
    )
    expect(judge(claim, [...served, [dispose('D'), done('D')], [get('A'), opens()]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })
})

describe('opens-one-at-a-time', () => {
  const claim = 'opens-one-at-a-time'

  it('is broken by an opening beside another, or beside an open resource', () => {
    expect(judge(claim, [...served, ...disposed, [get('A'), opens()], [get('B'), opens()]])).toBe('violated')
    expect(judge(claim, [...served, [get('B'), opens()]])).toBe('violated')
  })

  it('is kept by those who join, and by an opening after a dispose or a failure', () => {
    expect(judge(claim, [...served, ...disposed, [get('A'), opens()], [get('B')]])).toBe('holds')
    expect(judge(claim, [[get('A'), opens()], [dispose('D')], [get('B'), opens()]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(
      judge(claim, [[get('A'), opens()], [get('B')], [dispose('D')], [fails('no')], [get('C'), opens()]]),
    ).toBe('holds')
  })

  it('says nothing of an opening that was asked for before a dispose, and of resources that look alike', () => {
    expect(judge(claim, [[get('A')], [dispose('D')], [get('B')], [opens()], [opens()]])).toBe('unexercised')
    expect(judge(claim, [...served, ...disposed, ...served, [get('B'), opens()]])).toBe('unexercised')
  })
})

describe('nobody-is-handed-a-disposed-resource', () => {
  const claim = 'nobody-is-handed-a-disposed-resource'

  it('is broken by a get after the dispose, though the closing has not begun', () => {
    expect(judge(claim, [...served, [dispose('D')], [get('B'), gets('B', 1)], [closes(1)]])).toBe('violated')
    expect(judge(claim, [[get('A'), opens()], [dispose('D')], [get('B')], [opened(1), gets('B', 1)]])).toBe(
      'violated',
    )
  })

  it('is kept by a new resource, a rejection, and by one who asked before', () => {
    expect(judge(claim, [...served, [dispose('D')], [get('B'), opens()], [opened(2), gets('B', 2)]])).toBe(
      'holds',
    )
    expect(judge(claim, [...served, [dispose('D')], [get('B'), hears('B', 'off')]])).toBe('holds')
    expect(judge(claim, [[get('A'), opens()], [dispose('D')], [opened(1), gets('A', 1)]])).toBe('unexercised')
    expect(judge(claim, served, counted)).toBe('not-applicable')
  })

  it('says nothing of an opening that began after the dispose, or of resources that look alike', () => {
    expect(judge(claim, [[get('A')], [dispose('D'), opens()], [get('B')], [opened(1), gets('B', 1)]])).toBe(
      'unexercised',
    )
    expect(judge(claim, [...served, ...disposed, [get('B'), opens()], [opened(1), gets('B', 1)]])).toBe(
      'holds',
    )
  })
})

describe('nobody-is-handed-a-closed-resource', () => {
  const claim = 'nobody-is-handed-a-closed-resource'

  it('is broken by one who asks after the closing has begun, or is answered in a later step', () => {
    expect(judge(claim, [...served, [dispose('D'), closes(1), get('B'), gets('B', 1)], [closed()]])).toBe(
      'violated',
    )
    expect(
      judge(claim, [
        [get('A'), opens()],
        [opened(1), dispose('D'), closes(1)],
        [closed(), gets('A', 1)],
      ]),
    ).toBe('violated')
    expect(judge(claim, [...served, [dispose('A'), closes(1)], [get('B'), gets('B', 1)]], counted)).toBe(
      'violated',
    )
  })

  it('leaves a get alone that is answered in the step in which the closing begins', () => {
    const close: Steps = [[get('A'), opens()], [dispose('D')], [opened(1), closes(1), gets('A', 1)]]
    expect(judge(claim, close)).toBe('unexercised')
    expect(judge(claim, [...served, ...disposed, [get('B'), opens()], [opened(2), gets('B', 2)]])).toBe(
      'holds',
    )
  })
})

describe('a-get-fails-only-where-an-opening-did', () => {
  const claim = 'a-get-fails-only-where-an-opening-did'

  it('is broken by a rejection that no opening explains', () => {
    expect(judge(claim, [[get('A'), hears('A', 'off')]])).toBe('violated')
    expect(judge(claim, [...served, [get('B'), hears('B', 'off')]])).toBe('violated')
  })

  it('is broken where one user leaves and another is turned away', () => {
    const left: Steps = [...served, [get('B'), gets('B', 1)], [dispose('A'), done('A')]]
    expect(judge(claim, [...left, [get('C'), hears('C', 'off')]], counted)).toBe('violated')
    expect(judge(claim, [...left, [dispose('B')], [get('C'), hears('C', 'off')]], counted)).toBe('holds')
  })

  it('is kept by the reason of an opening, and says nothing after a dispose', () => {
    expect(
      judge(claim, [
        [get('A'), opens()],
        [fails('no'), hears('A', 'no')],
      ]),
    ).toBe('holds')
    expect(judge(claim, [[dispose('D')], [get('A'), hears('A', 'off')]])).toBe('unexercised')
  })
})
