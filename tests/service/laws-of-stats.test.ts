import { describe, expect, it } from 'vitest'
import { service } from '../../properties/service/protocol.js'
import { at, history, verdict } from '../history-builder.js'
import {
  closed,
  closes,
  dispose,
  disposed,
  done,
  fails,
  figures,
  get,
  gets,
  hears,
  judge,
  opened,
  opens,
  type Steps,
  served,
} from './steps.js'

const reading = (initialized: boolean, initTimeMs: number, accessCount: number): Steps => [
  figures('S', initialized, initTimeMs, accessCount),
]

describe('stats-say-whether-it-is-open', () => {
  const claim = 'stats-say-whether-it-is-open'

  it('is broken before, after and in between', () => {
    expect(judge(claim, reading(true, 0, 0))).toBe('violated')
    expect(judge(claim, [...served, ...reading(false, 0, 1)])).toBe('violated')
    expect(judge(claim, [...served, ...disposed, ...reading(true, 0, 1)])).toBe('violated')
    expect(judge(claim, [[get('A'), opens()], [fails('no'), hears('A', 'no')], ...reading(true, 0, 1)])).toBe(
      'violated',
    )
  })

  it('is kept by the truth', () => {
    expect(judge(claim, reading(false, 0, 0))).toBe('holds')
    expect(judge(claim, [...served, ...reading(true, 0, 1)])).toBe('holds')
    expect(judge(claim, [...served, ...disposed, ...reading(false, 0, 1)])).toBe('holds')
    expect(verdict(service, claim, history(...served))).toBe('not-applicable')
  })

  it('says nothing while it is opened or closed, and while somebody waits', () => {
    expect(judge(claim, [[get('A'), opens()], ...reading(true, 0, 1)])).toBe('unexercised')
    expect(judge(claim, [...served, [dispose('D')], ...reading(true, 0, 1)])).toBe('unexercised')
  })

  it('says nothing where the opening began after the dispose that closes it', () => {
    const late: Steps = [[get('A')], [dispose('D')], [opens()], [opened(1), gets('A', 1)]]
    expect(judge(claim, [...late, ...reading(false, 0, 1)])).toBe('unexercised')
    const again: Steps = [
      [get('A'), opens()],
      [dispose('D')],
      [opened(1), closes(1)],
      [closed(), opens(), done('D')],
      [opened(2), gets('A', 2)],
    ]
    expect(judge(claim, [...again, ...reading(true, 0, 1)])).toBe('unexercised')
  })

  it('says nothing where a user has left and another has come', () => {
    const come: Steps = [...served, [dispose('A'), get('B'), done('A'), gets('B', 1)]]
    expect(judge(claim, [...come, ...reading(true, 0, 2)], { dispose: 'last-user' })).toBe('unexercised')
  })
})

describe('stats-tell-how-long-opening-took', () => {
  const claim = 'stats-tell-how-long-opening-took'
  const slow: Steps = [
    [at(10), get('A'), opens()],
    [at(60), opened(1), gets('A', 1)],
  ]

  it('is broken by another time', () => {
    expect(judge(claim, [...slow, ...reading(true, 0, 1)])).toBe('violated')
    expect(judge(claim, [...slow, ...reading(true, 60, 1)])).toBe('violated')
    expect(judge(claim, [...slow, ...reading(true, Number.NaN, 1)])).toBe('violated')
  })

  it('is kept by the time of the opening, within a millisecond', () => {
    expect(judge(claim, [...slow, ...reading(true, 50, 1)])).toBe('holds')
    expect(judge(claim, [...slow, ...reading(true, 50.7, 1)])).toBe('holds')
    expect(judge(claim, [...served, ...reading(true, 0, 1)])).toBe('unexercised')
    expect(verdict(service, claim, history(...slow))).toBe('not-applicable')
  })

  it('allows for the way from the get to the opening, and back', () => {
    const around: Steps = [[get('A')], [at(5), opens()], [at(55), opened(1)], [at(60), gets('A', 1)]]
    expect(judge(claim, [...around, ...reading(true, 60, 1)])).toBe('holds')
    expect(judge(claim, [...around, ...reading(true, 62, 1)])).toBe('violated')
  })
})

describe('stats-count-the-gets', () => {
  const claim = 'stats-count-the-gets'

  it('is broken by too few and by too many', () => {
    const two: Steps = [...served, [get('B'), gets('B', 1)]]
    expect(judge(claim, [...two, ...reading(true, 0, 1)])).toBe('violated')
    expect(judge(claim, [...two, ...reading(true, 0, 3)])).toBe('violated')
    expect(judge(claim, [...two, ...reading(true, 0, Number.NaN)])).toBe('violated')
  })

  it('is kept by the number, whether or not those count that wait, fail, or came before a dispose', () => {
    expect(judge(claim, [...served, ...reading(true, 0, 1)])).toBe('holds')
    const waiting: Steps = [...served, [get('B')]]
    for (const count of [1, 2]) expect(judge(claim, [...waiting, ...reading(true, 0, count)])).toBe('holds')
    for (const count of [0, 1])
      expect(judge(claim, [...served, ...disposed, ...reading(false, 0, count)])).toBe('holds')
    expect(judge(claim, reading(false, 0, 0))).toBe('unexercised')
    expect(verdict(service, claim, history(...served))).toBe('not-applicable')
  })
})
