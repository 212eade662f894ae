import { describe, expect, it } from 'vitest'
import { service } from '../../properties/service/protocol.js'
import { at, history, verdict } from '../history-builder.js'
import {
  closed,
  closes,
  dispose,
  done,
  get,
  gets,
  hears,
  judge,
  notClosed,
  opened,
  opens,
  type Steps,
} from './steps.js'

/** b needs a, and both are open. */
const pair: Steps = [
  [get('A', 'b'), opens('a')],
  [opened(1), opens('b', 'a')],
  [opened(2), gets('A', 2)],
]
/** The same without the need. */
const strangers: Steps = [
  [get('A', 'a'), opens('a')],
  [opened(1), gets('A', 1), get('A', 'b'), opens('b')],
  [opened(2), gets('A', 2)],
]
const inTurn: Steps = [
  [dispose('D'), closes(2, 'b')],
  [closed(), closes(1, 'a')],
  [closed(), done('D')],
]
const turnedRound: Steps = [
  [dispose('D'), closes(1, 'a')],
  [closed(), closes(2, 'b')],
  [closed(), done('D')],
]
const atOnce: Steps = [
  [dispose('D'), closes(2, 'b'), closes(1, 'a')],
  [closed('close#1')],
  [closed('close#2')],
]

describe('needs-are-opened-first', () => {
  const claim = 'needs-are-opened-first'

  it('is broken by an opening beside what it needs', () => {
    expect(judge(claim, [[get('A', 'b'), opens('a'), opens('b', 'a')]])).toBe('violated')
    expect(judge(claim, [[get('A', 'b'), opens('b', 'a')]])).toBe('violated')
  })

  it('is kept by one after the other', () => {
    expect(judge(claim, pair)).toBe('holds')
    expect(judge(claim, strangers)).toBe('unexercised')
    expect(verdict(service, claim, history(...pair))).toBe('not-applicable')
  })
})

describe('dependants-are-closed-first', () => {
  const claim = 'dependants-are-closed-first'

  it('is broken by the order of opening, and by all at once', () => {
    expect(judge(claim, [...pair, ...turnedRound])).toBe('violated')
    expect(judge(claim, [...pair, ...atOnce])).toBe('violated')
  })

  it('is broken where a dependant is still being opened', () => {
    const opening: Steps = [
      [get('A', 'b'), opens('a')],
      [opened(1), opens('b', 'a')],
    ]
    expect(judge(claim, [...opening, [dispose('D'), closes(1, 'a')], [closed(), opened(2)]])).toBe('violated')
  })

  it('is kept where those who need it were opened anew, and use another one', () => {
    const again: Steps = [
      [get('B', 'b'), opens('a')],
      [opened(3), opens('b', 'a')],
      [opened(4), gets('B', 4)],
    ]
    const late: Steps = [[dispose('D'), closes(2, 'b')], [closed()], ...again, [closes(1, 'a')]]
    expect(judge(claim, [...pair, ...late])).toBe('holds')
  })

  it('leaves alone what used one of two that look alike', () => {
    const inBetween: Steps = [
      [get('B', 'a'), opens('a')],
      [opened(3), gets('B', 3)],
      [dispose('E'), closes(3, 'a')],
    ]
    const again: Steps = [
      [get('C', 'b'), opens('a')],
      [opened(3), opens('b', 'a')],
      [opened(4), gets('C', 4)],
    ]
    expect(judge(claim, [...pair, ...inTurn, ...inBetween, ...again])).toBe('holds')
  })

  it('is kept by the reverse order, and asks nothing of strangers', () => {
    expect(judge(claim, [...pair, ...inTurn])).toBe('holds')
    expect(judge(claim, [...strangers, ...atOnce])).toBe('unexercised')
    expect(judge(claim, [...pair, ...atOnce], { order: 'graph' })).toBe('violated')
    expect(judge(claim, [...pair, ...atOnce], { order: 'parallel' })).toBe('not-applicable')
    expect(verdict(service, claim, history(...pair))).toBe('not-applicable')
  })
})

describe('closes-in-reverse-order', () => {
  const claim = 'closes-in-reverse-order'

  it('is broken by the order of opening, and by all at once', () => {
    expect(judge(claim, [...strangers, ...turnedRound])).toBe('violated')
    expect(judge(claim, [...strangers, ...atOnce])).toBe('violated')
  })

  it('is kept by the reverse order, and where both were opened together', () => {
    expect(judge(claim, [...strangers, ...inTurn])).toBe('holds')
    const together: Steps = [
      [get('A', 'a'), opens('a'), get('B', 'b'), opens('b')],
      [opened(1, 'open#1'), opened(2, 'open#2')],
    ]
    expect(judge(claim, [...together, ...turnedRound])).toBe('unexercised')
    const again: Steps = [[get('A', 'b'), opens('b')], [opened(3), gets('A', 3)], [closes(1, 'a')]]
    const early: Steps = [strangers[0]!, [opened(1), gets('A', 1)], [dispose('D')], ...again]
    expect(judge(claim, early)).toBe('unexercised')
    expect(judge(claim, strangers, { order: 'graph' })).toBe('not-applicable')
    expect(verdict(service, claim, history(...pair))).toBe('not-applicable')
  })
})

describe('closes-side-by-side', () => {
  const claim = 'closes-side-by-side'
  const parallel = (steps: Steps) => judge(claim, steps, { order: 'parallel' })
  const slowly: Steps = [
    [dispose('D'), closes(2, 'b')],
    [at(50), closed(), closes(1, 'a')],
    [closed(), done('D')],
  ]

  it('is broken by one that waits for a slow one', () => {
    expect(parallel([...strangers, ...slowly])).toBe('violated')
  })

  it('is kept by all at once, and says nothing where nothing is slow', () => {
    const together: Steps = [
      [dispose('D'), closes(2, 'b'), closes(1, 'a')],
      [at(50), closed('close#1')],
    ]
    expect(parallel([...strangers, ...together])).toBe('holds')
    expect(parallel([...strangers, ...inTurn])).toBe('unexercised')
    expect(judge(claim, [...strangers, ...slowly])).toBe('not-applicable')
  })
})

describe('closes-the-others-though-one-fails', () => {
  const claim = 'closes-the-others-though-one-fails'
  const failing: Steps = [[dispose('D'), closes(2, 'b')]]

  it('is broken where the failure leaves another one open', () => {
    expect(judge(claim, [...strangers, ...failing, [notClosed('no'), hears('D', 'no')]])).toBe('violated')
  })

  it('is kept where the other one is closed all the same', () => {
    expect(
      judge(claim, [
        ...strangers,
        ...failing,
        [notClosed('no'), closes(1, 'a')],
        [closed(), hears('D', 'no')],
      ]),
    ).toBe('holds')
    expect(judge(claim, [...strangers, ...inTurn])).toBe('unexercised')
    expect(verdict(service, claim, history(...strangers))).toBe('not-applicable')
  })
})
