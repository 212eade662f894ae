import { describe, expect, it } from 'vitest'
import {
  aborts,
  asks,
  begins,
  destroys,
  exited,
  gets,
  hears,
  isDestroyed,
  isThrown,
  judge,
  type Steps,
  served,
  waits,
} from './steps.js'

const reason = new RangeError('too far')

describe('values-cross-intact', () => {
  const law = 'values-cross-intact'

  it('holds where a value or a clone of it comes back', () => {
    expect(judge(law, served)).toBe('holds')
    expect(judge(law, [[asks(1, 'echo', undefined), gets(1, undefined)]])).toBe('holds')
  })

  it.each([
    ['another value', gets(1, 2)],
    ['a value that JSON made', gets(1, null)],
    ['a rejection', hears(1, reason)],
    ['a throw', isThrown(1, reason)],
    ['nothing', waits(1)],
  ])('is broken by %s', (_, item) => {
    expect(judge(law, [[asks(1, 'echo', Number.NaN)], [item]])).toBe('violated')
  })

  it('is broken where the answers of two are mixed up', () => {
    const mixed: Steps = [[asks(1, 'spin', 1), asks(2, 'spin', 2)], [gets(1, 2)]]
    expect(judge(law, mixed)).toBe('violated')
  })

  it('leaves alone what others were in trouble around, what is destroyed, and what several pools do', () => {
    expect(judge(law, [...exited, [asks(2, 'echo'), hears(2, reason)]])).toBe('unexercised')
    expect(judge(law, [[asks(1, 'echo')], [destroys()], [hears(1, reason), isDestroyed]])).toBe('unexercised')
    expect(judge(law, [[asks(1, 'spin')], [asks(2, 'echo', 2, { pool: 1 })], [hears(2, reason)]])).toBe(
      'unexercised',
    )
  })
})

describe('reasons-cross-intact', () => {
  const law = 'reasons-cross-intact'

  it('holds where the reason comes back', () => {
    expect(judge(law, [[asks(1, 'throwReason', reason), hears(1, reason)]])).toBe('holds')
    expect(judge(law, [[asks(1, 'rejectReason', null), hears(1, null)]])).toBe('holds')
  })

  it.each([
    ['a fulfilment', gets(1, null)],
    ['another reason', hears(1, new Error('null'))],
    ['a throw', isThrown(1, null)],
    ['nothing', waits(1)],
  ])('is broken by %s', (_, item) => {
    expect(judge(law, [[asks(1, 'rejectReason', null)], [item]])).toBe('violated')
  })

  it('is unexercised where no work fails, and does not apply to serialised reasons', () => {
    expect(judge(law, served)).toBe('unexercised')
    expect(judge(law, served, { reasons: 'serialised' })).toBe('not-applicable')
  })
})

describe('serialised-reasons-keep-their-message', () => {
  const law = 'serialised-reasons-keep-their-message'
  const serialised = { reasons: 'serialised' } as const
  const failing: Steps = [[asks(1, 'throwReason', reason)]]

  it('holds where the message is in the reason', () => {
    const wrapped = new Error('RangeError: too far')
    expect(judge(law, [...failing, [hears(1, wrapped)]], serialised)).toBe('holds')
    expect(judge(law, [...failing, [hears(1, 'too far')]], serialised)).toBe('holds')
  })

  it('is broken where it is lost, and where a failure is none', () => {
    expect(judge(law, [...failing, [hears(1, new Error('{}'))]], serialised)).toBe('violated')
    expect(judge(law, [[asks(1, 'throwReason', 0)], [gets(1, 0)]], serialised)).toBe('violated')
    expect(judge(law, [...failing, [waits(1)]], serialised)).toBe('violated')
  })

  it('is unexercised where no work fails with an error, and does not apply to exact reasons', () => {
    expect(judge(law, [[asks(1, 'throwReason', 0)], [hears(1, 'failed')]], serialised)).toBe('unexercised')
    expect(judge(law, failing)).toBe('not-applicable')
  })
})

describe('what-cannot-be-cloned-is-a-rejection', () => {
  const law = 'what-cannot-be-cloned-is-a-rejection'
  const error = new DOMException('it could not be cloned', 'DataCloneError')

  it.each([
    ['that work gives', asks(1, 'unclonable', undefined)],
    ['that work is given', asks(1, 'echo', 1, { unsendable: true })],
  ])('judges what %s', (_, call) => {
    expect(judge(law, [[call], [hears(1, error)]])).toBe('holds')
    expect(judge(law, [[call], [hears(1, {})]])).toBe('violated')
    expect(judge(law, [[call], [gets(1, undefined)]])).toBe('violated')
    expect(judge(law, [[call], [isThrown(1, error)]])).toBe('violated')
    expect(judge(law, [[call], [waits(1)]])).toBe('violated')
  })

  it('is unexercised where everything can be sent', () => {
    expect(judge(law, served)).toBe('unexercised')
  })
})

describe('an-exit-settles-its-call', () => {
  const law = 'an-exit-settles-its-call'

  it('holds where the call is rejected', () => {
    expect(judge(law, exited)).toBe('holds')
  })

  it('is broken where it waits, or is fulfilled by nobody', () => {
    expect(judge(law, [[asks(1, 'exit')], [begins(1), waits(1)]])).toBe('violated')
    expect(judge(law, [[asks(1, 'exit')], [begins(1), gets(1, undefined)]])).toBe('violated')
  })

  it('is unexercised where no worker exits', () => {
    expect(judge(law, served)).toBe('unexercised')
  })
})

describe('harms-no-other-call', () => {
  const law = 'harms-no-other-call'

  it('holds where those who come later are served', () => {
    expect(judge(law, [...exited, [asks(2, 'echo'), gets(2)]])).toBe('holds')
  })

  it('is broken where they are not', () => {
    expect(judge(law, [...exited, [asks(2, 'echo'), hears(2, reason)]])).toBe('violated')
    expect(judge(law, [...exited, [asks(2, 'echo'), waits(2)]])).toBe('violated')
  })

  it('lets a worker take along what it had been sent already, if it is told so', () => {
    const both: Steps = [[asks(1, 'exit'), asks(2, 'echo')], [begins(1)]]
    expect(judge(law, [...both, [hears(1, reason), hears(2, reason)]])).toBe('holds')
    expect(judge(law, [...both, [hears(1, reason), waits(2)]])).toBe('violated')
  })

  it('judges those beside an aborted call', () => {
    const beside: Steps = [
      [asks(1, 'spin'), asks(2, 'spin')],
      [begins(1)],
      [aborts(2, 'enough')],
      [hears(2, 'enough')],
    ]
    expect(judge(law, [...beside, [gets(1)]])).toBe('holds')
    expect(judge(law, [...beside, [hears(1, 'enough')]])).toBe('violated')
  })

  it('forgets who was given up, though a later destroy answers', () => {
    const late: Steps = [
      ...exited,
      [asks(2, 'echo')],
      [waits(2)],
      [destroys(), hears(2, reason), isDestroyed],
    ]
    expect(judge(law, late)).toBe('violated')
  })

  it('is unexercised where nobody is in trouble', () => {
    expect(judge(law, served)).toBe('unexercised')
  })
})
