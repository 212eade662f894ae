import { describe, expect, it } from 'vitest'
import { event } from '../history-builder.js'
import {
  asks,
  begins,
  destroys,
  ends,
  gets,
  hears,
  isDestroyed,
  judge,
  opens,
  reads,
  type Steps,
  served,
  waits,
} from './steps.js'

const atHome = 'ran in the thread of its caller'

describe('the-event-loop-stays-alive', () => {
  const law = 'the-event-loop-stays-alive'
  const freed: Steps = [[asks(1, 'spin')], [begins(1)], [opens(1), ends(1), gets(1)]]

  it('holds where the world opens the gate that the work waits for', () => {
    expect(judge(law, freed)).toBe('holds')
  })

  it('is broken by work that finds itself in the thread of its caller', () => {
    expect(judge(law, [[asks(1, 'spin'), gets(1, atHome)]])).toBe('violated')
    expect(judge(law, [[asks(1, 'exit'), gets(1, atHome)]])).toBe('violated')
  })

  it('is broken by a caller who cannot go on', () => {
    expect(judge(law, [[asks(1, 'spin'), event('hang', 'world')]])).toBe('violated')
  })

  it('is unexercised where nothing blocks', () => {
    expect(judge(law, served)).toBe('unexercised')
  })
})

describe('never-more-than-its-threads', () => {
  const law = 'never-more-than-its-threads'
  const two: Steps = [[asks(1, 'spin'), asks(2, 'spin')], [begins(1)]]

  it('holds where work waits', () => {
    expect(judge(law, [...two, [reads('most at once', 1)]])).toBe('holds')
  })

  it('is broken where more was under way at once', () => {
    expect(judge(law, [...two, [begins(2), reads('most at once', 2)]])).toBe('violated')
  })

  it('is unexercised where there was no more work than threads', () => {
    expect(judge(law, [[asks(1, 'spin')], [begins(1), reads('most at once', 1)]])).toBe('unexercised')
  })
})

describe('uses-its-threads', () => {
  const law = 'uses-its-threads'
  const first: Steps = [[asks(1, 'spin', 1, { threads: 2 })], [begins(1), asks(2, 'spin', 2, { threads: 2 })]]

  it('holds where the second begins while the first is under way', () => {
    expect(judge(law, [...first, [begins(2)]])).toBe('holds')
  })

  it('is broken where it waits beside a free thread', () => {
    const waiting: Steps = [[asks(1, 'spin', 1, { threads: 2 })], [begins(1)]]
    expect(judge(law, [...waiting, [asks(2, 'spin', 2, { threads: 2 })], [idle(2)]])).toBe('violated')
  })

  it('asks nothing where no work is under way at all', () => {
    expect(judge(law, [[asks(1, 'spin')], [idle(1)]])).toBe('holds')
  })

  it('is unexercised where there is one piece of work', () => {
    expect(judge(law, [[asks(1, 'spin')], [begins(1)]])).toBe('unexercised')
  })
})

describe('instances-are-independent', () => {
  const law = 'instances-are-independent'
  const blocked: Steps = [[asks(1, 'spin')], [begins(1), asks(2, 'echo', 2, { pool: 1 })]]

  it('holds where the other pool works on', () => {
    expect(judge(law, [...blocked, [gets(2)]])).toBe('holds')
  })

  it('is broken where it waits for the one that is blocked', () => {
    expect(judge(law, [...blocked, [waits(2)]])).toBe('violated')
  })

  it('is broken where it is destroyed along with the other', () => {
    const after: Steps = [[destroys(0), hears(1, 'gone'), isDestroyed], [asks(3, 'echo', 3, { pool: 1 })]]
    expect(judge(law, [...blocked, [gets(2)], ...after, [hears(3, 'gone')]])).toBe('violated')
    expect(judge(law, [...blocked, [gets(2)], ...after, [gets(3)]])).toBe('holds')
  })

  it('asks nothing of a pool that was destroyed itself', () => {
    const own: Steps = [[destroys(1), hears(2, 'gone'), isDestroyed]]
    expect(judge(law, [...blocked, ...own])).toBe('holds')
  })

  it('is unexercised where there is one pool', () => {
    expect(judge(law, served)).toBe('unexercised')
  })
})

const idle = (n: number) => event('read', 'world', 'idle', { detail: { work: n } })
