import { describe, expect, it } from 'vitest'
import type { RetryPolicy } from '../../properties/retry/contract.js'
import { at } from '../history-builder.js'
import {
  aborts,
  fails,
  gets,
  hears,
  judge,
  run,
  type Steps,
  starts,
  succeededAtOnce,
  succeeds,
  timer,
} from './steps.js'

const zero = run({ attempts: '0' })
const refused: Steps = [[zero, hears(new RangeError('attempts'))]]
const nothing: Steps = [[zero, gets(undefined)]]
const once: Steps = [
  [zero, starts],
  [fails('no'), hears('no')],
]
const untilItSucceeds: Steps = [
  [zero, starts],
  [fails('no')],
  [at(20), timer, starts],
  [succeeds(1), gets(1)],
]

describe('zero-attempts-mean-what-is-declared', () => {
  const claim = 'zero-attempts-mean-what-is-declared'
  const table: Readonly<Record<RetryPolicy['zeroAttempts'], { kept: Steps[]; broken: Steps[] }>> = {
    throws: { kept: [refused], broken: [nothing, once, untilItSucceeds] },
    none: { kept: [nothing, refused], broken: [once, untilItSucceeds] },
    one: { kept: [once], broken: [nothing, refused, untilItSucceeds] },
    default: { kept: [once, untilItSucceeds], broken: [nothing, refused] },
    unlimited: { kept: [untilItSucceeds], broken: [nothing, refused, once] },
  }

  for (const [declared, { kept, broken }] of Object.entries(table)) {
    it(`judges by the declaration: ${declared}`, () => {
      const zeroAttempts = declared as RetryPolicy['zeroAttempts']
      for (const steps of kept) expect(judge(claim, steps, { zeroAttempts })).toBe('holds')
      for (const steps of broken) expect(judge(claim, steps, { zeroAttempts })).toBe('violated')
    })
  }

  it('is exercised by zero alone', () => {
    expect(judge(claim, succeededAtOnce)).toBe('unexercised')
    expect(judge(claim, [[run({ attempts: 'NaN' }), gets(1)]])).toBe('unexercised')
  })
})

describe('a-run-without-an-attempt-says-why', () => {
  const claim = 'a-run-without-an-attempt-says-why'

  it('is broken by a reason that never was', () => {
    expect(judge(claim, [[zero, hears(undefined)]])).toBe('violated')
    expect(judge(claim, [[run(), hears(null)]])).toBe('violated')
  })

  it('is kept by any that is one', () => {
    expect(judge(claim, refused)).toBe('holds')
    expect(judge(claim, [[run({ attempts: 'NaN' }), hears(undefined)]])).toBe('unexercised')
    expect(judge(claim, once)).toBe('unexercised')
  })

  it('says nothing of an abort, whose reason may be anything', () => {
    expect(judge(claim, [[aborts(0)], [run({ signal: true }), hears(0)]])).toBe('unexercised')
  })
})

describe('a-senseless-number-is-zero-or-refused', () => {
  const claim = 'a-senseless-number-is-zero-or-refused'
  const asked = (attempts: string, ...rest: Steps): Steps => [
    [run({ attempts }), ...(rest[0] ?? [])],
    ...rest.slice(1),
  ]

  it('is broken by attempts without end', () => {
    const endless = asked('NaN', [starts], [fails('no')], [at(20), timer, starts], [succeeds(1), gets(1)])
    expect(judge(claim, endless)).toBe('violated')
    expect(judge(claim, endless, { zeroAttempts: 'one' })).toBe('violated')
    expect(judge(claim, asked('-1', [gets(undefined)]))).toBe('violated')
  })

  it('is broken by a refusal that does not say why', () => {
    for (const zeroAttempts of ['throws', 'none', 'one'] as const) {
      expect(judge(claim, asked('NaN', [hears(undefined)]), { zeroAttempts })).toBe('violated')
      expect(judge(claim, asked('-1', [hears(null)]), { zeroAttempts })).toBe('violated')
    }
    const falsy = asked('NaN', [starts], [fails(undefined), hears(undefined)])
    expect(judge(claim, falsy, { zeroAttempts: 'one' })).toBe('holds')
  })

  it('is kept by a refusal, and by what zero means', () => {
    expect(judge(claim, asked('-1', [hears('must be positive')]), { zeroAttempts: 'one' })).toBe('holds')
    expect(judge(claim, asked('NaN', [starts], [fails('no'), hears('no')]), { zeroAttempts: 'one' })).toBe(
      'holds',
    )
    expect(judge(claim, refused)).toBe('unexercised')
  })
})
