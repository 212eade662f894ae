import { describe, expect, it } from 'vitest'
import { answer, deadlock } from '../history-builder.js'
import {
  aborts,
  asks,
  begins,
  destroys,
  ends,
  gets,
  hears,
  isDestroyed,
  isThrown,
  judge,
  opens,
  reads,
  type Steps,
  served,
  waits,
} from './steps.js'

const reason = new Error('enough')
const own = new DOMException('The call was aborted', 'AbortError')
const running: Steps = [[asks(1, 'spin')], [begins(1)]]
const abortedRunning: Steps = [...running, [aborts(1, reason)]]

describe('an-aborted-call-is-rejected', () => {
  const law = 'an-aborted-call-is-rejected'

  it('holds where the reason is that of the signal', () => {
    expect(judge(law, [...abortedRunning, [hears(1, reason)]])).toBe('holds')
    expect(judge(law, [[aborts(1, null), asks(1, 'spin'), hears(1, null)]])).toBe('holds')
  })

  it('is broken by any other answer', () => {
    expect(judge(law, [...abortedRunning, [hears(1, own)]])).toBe('violated')
    expect(judge(law, [...abortedRunning, [gets(1)]])).toBe('violated')
    expect(judge(law, [...abortedRunning, [waits(1)]])).toBe('violated')
    expect(judge(law, [[aborts(1, reason), asks(1, 'spin'), isThrown(1, reason)]])).toBe('violated')
  })

  it('wants an error of its own where that is declared', () => {
    const policy = { abort: 'own-error' } as const
    expect(judge(law, [...abortedRunning, [hears(1, own)]], policy)).toBe('holds')
    expect(judge(law, [...abortedRunning, [hears(1, reason)]], policy)).toBe('violated')
    expect(judge(law, [...abortedRunning, [hears(1, undefined)]], policy)).toBe('violated')
  })

  it('is unexercised without an abort, and does not apply where there is none', () => {
    expect(judge(law, running)).toBe('unexercised')
    expect(judge(law, abortedRunning, { abort: 'unsupported' })).toBe('not-applicable')
  })
})

describe('abort-stops-the-work', () => {
  const law = 'abort-stops-the-work'

  it('holds where the work does not go on', () => {
    expect(judge(law, [...abortedRunning, [hears(1, reason)], [opens(1)]])).toBe('holds')
  })

  it('is broken where it comes to its end all the same', () => {
    expect(judge(law, [...abortedRunning, [hears(1, reason)], [opens(1)], [ends(1)]])).toBe('violated')
  })

  it('is broken where it begins all the same', () => {
    const queued: Steps = [...running, [asks(2, 'spin')], [aborts(2, reason), hears(2, reason)]]
    expect(judge(law, queued)).toBe('holds')
    expect(judge(law, [...queued, [begins(2)]])).toBe('violated')
  })

  it('asks nothing of work that had ended before', () => {
    expect(judge(law, [...running, [opens(1), ends(1)], [aborts(1, reason)]])).toBe('holds')
  })

  it('is unexercised without an abort, and does not apply where there is none', () => {
    expect(judge(law, running)).toBe('unexercised')
    expect(judge(law, abortedRunning, { abort: 'unsupported' })).toBe('not-applicable')
  })
})

describe('destroy-settles-what-is-in-flight', () => {
  const law = 'destroy-settles-what-is-in-flight'
  const destroyed: Steps = [...running, [asks(2, 'spin')], [destroys()]]
  const finish = { destroy: 'finish' } as const

  it('holds where everybody is rejected', () => {
    expect(judge(law, [...destroyed, [hears(1, reason), hears(2, reason), isDestroyed]])).toBe('holds')
  })

  it('is broken where somebody is left waiting or told otherwise', () => {
    expect(judge(law, [...destroyed, [waits(1)]])).toBe('violated')
    expect(judge(law, [...destroyed, [hears(1, reason), waits(2)]])).toBe('violated')
    expect(judge(law, [...destroyed, [gets(1, undefined)]])).toBe('violated')
  })

  it('wants what is under way to finish where that is declared; what waits may go either way', () => {
    expect(judge(law, [...destroyed, [hears(2, reason), opens(1), ends(1), gets(1)]], finish)).toBe('holds')
    expect(judge(law, [...destroyed, [hears(1, reason)]], finish)).toBe('violated')
    expect(judge(law, [...destroyed, [gets(1), waits(2)]], finish)).toBe('violated')
  })

  it('asks nothing of what was given up before', () => {
    expect(judge(law, [...running, [waits(1)], [destroys(), isDestroyed]])).toBe('unexercised')
  })

  it('is unexercised where nothing is in flight, and does not apply without a destroy', () => {
    expect(judge(law, [...served, [destroys(), isDestroyed]])).toBe('unexercised')
    expect(judge(law, served, {}, { destroy: false })).toBe('not-applicable')
  })
})

describe('destroy-ends-its-threads', () => {
  const law = 'destroy-ends-its-threads'

  it('holds where no thread lives on', () => {
    expect(judge(law, [...served, [destroys(), isDestroyed], [reads('threads alive', 0)]])).toBe('holds')
  })

  it('is broken where some do', () => {
    expect(judge(law, [...served, [destroys(), isDestroyed], [reads('threads alive', 2)]])).toBe('violated')
  })

  it('is broken where destroying fails or never ends', () => {
    expect(judge(law, [...served, [destroys(), answer('owner', 'rejected', reason)]])).toBe('violated')
    expect(judge(law, [...served, [destroys(), answer('owner', 'threw', reason)]])).toBe('violated')
    expect(judge(law, [...served, [destroys()], [deadlock('owner')]])).toBe('violated')
  })

  it('leaves a second destroy to a law of its own', () => {
    const twice: Steps = [
      [destroys(), isDestroyed],
      [destroys(), answer('owner', 'rejected', reason)],
    ]
    expect(judge(law, [...twice, [reads('threads alive', 0)]])).toBe('holds')
  })

  it('is unexercised where nobody counted, and does not apply without a destroy', () => {
    expect(judge(law, served)).toBe('unexercised')
    expect(judge(law, served, {}, { destroy: false })).toBe('not-applicable')
  })
})

describe('destroying-again-is-harmless', () => {
  const law = 'destroying-again-is-harmless'
  const once: Steps = [[destroys(), isDestroyed]]

  it('holds where the second comes to an end', () => {
    expect(judge(law, [...once, [destroys(), isDestroyed]])).toBe('holds')
  })

  it('is broken where it fails or never ends', () => {
    expect(judge(law, [...once, [destroys(), answer('owner', 'rejected', reason)]])).toBe('violated')
    expect(judge(law, [...once, [destroys(), answer('owner', 'threw', reason)]])).toBe('violated')
    expect(judge(law, [...once, [destroys(), deadlock('owner')]])).toBe('violated')
  })

  it('counts by pools', () => {
    expect(judge(law, [...once, [destroys(1), answer('owner', 'rejected', reason)]])).toBe('unexercised')
  })

  it('is unexercised where there is one, and does not apply without any', () => {
    expect(judge(law, once)).toBe('unexercised')
    expect(judge(law, once, {}, { destroy: false })).toBe('not-applicable')
  })
})

describe('later-calls-go-as-declared', () => {
  const law = 'later-calls-go-as-declared'
  const late: Steps = [[destroys(), isDestroyed], [asks(1, 'echo', 1, { late: true })]]
  const ways = { reject: hears(1, reason), throw: isThrown(1, reason), restart: gets(1) } as const

  it.each(['reject', 'throw', 'restart'] as const)('judges by what is declared: %s', (afterDestroy) => {
    for (const [way, item] of Object.entries(ways)) {
      const expected = way === afterDestroy ? 'holds' : 'violated'
      expect(judge(law, [...late, [item]], { afterDestroy })).toBe(expected)
    }
    expect(judge(law, [...late, [waits(1)]], { afterDestroy })).toBe('violated')
  })

  it('is unexercised where nobody calls later, and does not apply without a destroy', () => {
    expect(judge(law, served)).toBe('unexercised')
    expect(judge(law, late, {}, { destroy: false })).toBe('not-applicable')
  })
})
