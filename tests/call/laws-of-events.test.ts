import { describe, expect, it } from 'vitest'
import { at } from '../history-builder.js'
import {
  emits,
  gets,
  heard,
  hears,
  judging,
  listeners,
  type Steps,
  stops,
  waits,
  waitsWith,
} from './steps.js'

const judge = judging('event')
const wrapped = judging('debounce')
const limit = { timeoutMs: 100 }
const IGNORES = { errorEvent: 'ignored' } as const
const DEAF = { abort: 'unsupported' } as const
const served: Steps = [[waits('A')], [emits('done', 0), heard('done'), gets('A', 0)]]

describe('misses-no-event', () => {
  const claim = 'misses-no-event'

  it('is broken by a wait that goes on', () => {
    expect(
      judge(claim, [
        [waits('A'), emits('done', 1)],
        [at(100), emits('done', 2), gets('A', 2)],
      ]),
    ).toBe('violated')
  })

  it('is kept by an answer at once', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, [[emits('done', 1)], [waits('A')]])).toBe('unexercised')
    expect(wrapped(claim, served)).toBe('not-applicable')
  })

  it('says nothing where an abort comes in the same moment', () => {
    expect(judge(claim, [[waitsWith('A')], [emits('done', 1), stops('A'), hears('A', 'stop')]])).toBe(
      'unexercised',
    )
  })
})

describe('gives-the-first-argument', () => {
  const claim = 'gives-the-first-argument'

  it('is broken by anything else', () => {
    expect(judge(claim, [[waits('A')], [emits('done', 1), gets('A', [1])]])).toBe('violated')
  })

  it('is kept by the very argument', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, [[waits('A')]])).toBe('unexercised')
    expect(wrapped(claim, served)).toBe('not-applicable')
  })
})

describe('waits-for-its-own-event', () => {
  const claim = 'waits-for-its-own-event'

  it('is broken by an answer for another event, or for one that is over', () => {
    expect(judge(claim, [[waits('A')], [emits('other', 1), gets('A', 1)]])).toBe('violated')
    expect(judge(claim, [[emits('done', 1)], [waits('A'), gets('A', 1)]])).toBe('violated')
  })

  it('is kept by waiting', () => {
    expect(judge(claim, [[waits('A')], [emits('other', 1)], [emits('done', 2), gets('A', 2)]])).toBe('holds')
    expect(judge(claim, [[waits('A')]])).toBe('unexercised')
    expect(wrapped(claim, served)).toBe('not-applicable')
  })
})

describe('an-error-event-rejects', () => {
  const claim = 'an-error-event-rejects'
  const failed: Steps = [[waits('A')], [emits('error', 'no')]]

  it('is broken by a wait that goes on, and by another reason', () => {
    expect(judge(claim, [...failed, [at(100), emits('done', 1), gets('A', 1)]])).toBe('violated')
    expect(judge(claim, [...failed, [hears('A', 'other')]])).toBe('violated')
  })

  it('is kept by the very error', () => {
    expect(judge(claim, [...failed, [hears('A', 'no')]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, failed, IGNORES)).toBe('not-applicable')
    expect(wrapped(claim, failed)).toBe('not-applicable')
  })
})

describe('an-error-event-is-ignored', () => {
  const claim = 'an-error-event-is-ignored'
  const failed: Steps = [[waits('A')], [emits('error', 'no')]]

  it('is broken by a rejection', () => {
    expect(judge(claim, [...failed, [hears('A', 'no')]], IGNORES)).toBe('violated')
  })

  it('is kept by waiting on', () => {
    expect(judge(claim, [...failed, [emits('done', 1), gets('A', 1)]], IGNORES)).toBe('holds')
    expect(judge(claim, served, IGNORES)).toBe('unexercised')
    expect(judge(claim, failed)).toBe('not-applicable')
    expect(wrapped(claim, failed, IGNORES)).toBe('not-applicable')
  })
})

describe('an-abort-ends-the-wait', () => {
  const claim = 'an-abort-ends-the-wait'
  const aborted: Steps = [[waitsWith('A')], [stops('A', 'stop')]]

  it('is broken by a wait that goes on, and by another reason', () => {
    expect(judge(claim, [...aborted, [at(100), emits('done', 1), gets('A', 1)]])).toBe('violated')
    expect(judge(claim, [...aborted, [hears('A', 'other')]])).toBe('violated')
  })

  it('is kept by a rejection with what is declared', () => {
    expect(judge(claim, [...aborted, [hears('A', 'stop')]])).toBe('holds')
    expect(judge(claim, [...aborted, [hears('A', 'other')]], { abort: 'own-error' })).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, aborted, DEAF)).toBe('not-applicable')
    expect(wrapped(claim, aborted)).toBe('not-applicable')
  })
})

describe('an-aborted-signal-is-seen', () => {
  const claim = 'an-aborted-signal-is-seen'
  const come: Steps = [[stops('A', 'stop')], [waitsWith('A')]]

  it('is broken by a client that waits', () => {
    expect(judge(claim, [...come, [at(100), emits('done', 1), gets('A', 1)]])).toBe('violated')
  })

  it('is kept by a rejection', () => {
    expect(judge(claim, [...come, [hears('A', 'stop')]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, come, DEAF)).toBe('not-applicable')
  })
})

describe('the-wait-ends-in-time', () => {
  const claim = 'the-wait-ends-in-time'
  const waiting: Steps = [[waits('A', limit)]]
  const late: Steps = [[at(200), emits('done', 1)]]

  it('is broken too early, too late, and by a value', () => {
    expect(judge(claim, [...waiting, [at(50), hears('A', 'time')]])).toBe('violated')
    expect(judge(claim, [...waiting, [at(150), hears('A', 'time')], ...late])).toBe('violated')
    expect(judge(claim, [...waiting, [at(100), gets('A', undefined)], ...late])).toBe('violated')
  })

  it('is kept in time', () => {
    expect(judge(claim, [...waiting, [at(100), hears('A', 'time')], ...late])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(judge(claim, waiting, { timeout: 'unsupported' })).toBe('not-applicable')
    expect(wrapped(claim, waiting)).toBe('not-applicable')
  })
})

describe('no-listener-left-on-the-emitter', () => {
  const claim = 'no-listener-left-on-the-emitter'
  const added: Steps = [[waits('A'), listeners(1), listeners(1, 'error')]]

  it('is broken by one of either event', () => {
    expect(judge(claim, [...added, [listeners(0), gets('A', 1)]])).toBe('violated')
    expect(judge(claim, [...added, [listeners(0, 'error'), gets('A', 1)]])).toBe('violated')
  })

  it('is kept by none', () => {
    expect(judge(claim, [...added, [listeners(0), listeners(0, 'error'), gets('A', 1)]])).toBe('holds')
    expect(judge(claim, added)).toBe('unexercised')
    expect(wrapped(claim, added)).toBe('not-applicable')
  })
})

describe('the-others-keep-listening', () => {
  const claim = 'the-others-keep-listening'

  it('is broken by an event that they do not hear', () => {
    expect(judge(claim, [...served, [emits('done', 2)]])).toBe('violated')
  })

  it('is kept where they hear every one', () => {
    expect(judge(claim, [...served, [emits('done', 2), heard('done')]])).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
    expect(wrapped(claim, served)).toBe('not-applicable')
  })
})
