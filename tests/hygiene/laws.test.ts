import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hygiene } from '../../properties/hygiene/protocol.js'
import type { History } from '../../src/core/index.js'
import {
  answer,
  at,
  call,
  deadlock,
  event,
  handler,
  history,
  type Item,
  idOf,
  settle,
  start,
  verdict,
} from '../history-builder.js'

/** A call whose answer is that of the source `task`. */
const ask = (client: string) => call(client, 'await', { detail: { from: 'task' } })
const judge = (claim: string, h: History, policy?: { syncThrow: 'throw' }) =>
  verdict(hygiene, claim, h, policy ? { policy } : {})

const served = history(
  [ask('A'), start('task')],
  [settle('task', 'fulfilled', 1), answer('A', 'fulfilled', 1)],
)
const nothing = history([])

/** A whole run, and one more event at its end. */
const servedWith = (...extra: readonly Item[]) =>
  history([ask('A'), start('task')], [settle('task', 'fulfilled', 1), answer('A', 'fulfilled', 1)], extra)

describe('a law about what is left', () => {
  it.each([
    ['no-timer-left', servedWith(event('timer-left', 'clock', undefined, { detail: { dueMs: 1000 } }))],
    ['no-global-changed', servedWith(event('global-changed', 'world', undefined, { detail: { name: 'x' } }))],
    ['no-host-error', servedWith(event('host-error', 'clock', undefined, { value: new Error('lost') }))],
  ])('%s is broken by one such thing, and kept by none', (claim, broken) => {
    expect(judge(claim, broken)).toBe('violated')
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, nothing)).toBe('unexercised')
  })

  it('no-timer-left says nothing where time is real', () => {
    const made = event('act', 'world', 'create', { detail: { real: true } })
    expect(judge('no-timer-left', history([made, ask('A'), answer('A', 'fulfilled', 1)]))).toBe('unexercised')
  })

  it('no-abort-listener-left needs a signal', () => {
    const left = event('listener-left', 'controller', undefined, { detail: { count: 1 } })
    expect(judge('no-abort-listener-left', history([event('signal', 'controller')], [left]))).toBe('violated')
    expect(judge('no-abort-listener-left', history([event('signal', 'controller')]))).toBe('holds')
    expect(judge('no-abort-listener-left', served)).toBe('unexercised')
  })

  it('no-unhandled-rejection needs a rejection', () => {
    const reason = new Error('kept')
    const refused = [settle('task', 'rejected', reason), answer('A', 'rejected', reason)]
    const unhandled = event('unhandled-rejection', 'world', undefined, { value: reason })
    const claim = 'no-unhandled-rejection'
    expect(judge(claim, history([ask('A'), start('task')], [...refused, unhandled]))).toBe('violated')
    expect(judge(claim, history([ask('A'), start('task')], refused))).toBe('holds')
    expect(judge(claim, served)).toBe('unexercised')
  })
})

describe('an error that a client throws in its own handler', () => {
  const reason = new Error('mine')
  const throws = [call('A', 'then'), handler('A', 'onFulfilled', { detail: { throws: idOf(reason) } })]

  it('may be reported to the host', () => {
    const report = event('host-error', 'world', undefined, { value: reason })
    expect(judge('no-host-error', history(throws, [report]))).toBe('holds')
    const other = event('host-error', 'world', undefined, { value: new Error('mine') })
    expect(judge('no-host-error', history(throws, [other]))).toBe('violated')
  })

  it('may be reported as an unhandled rejection', () => {
    const report = event('unhandled-rejection', 'world', undefined, { value: reason })
    expect(judge('no-unhandled-rejection', history(throws, [report]))).toBe('holds')
  })
})

describe('every-client-answered', () => {
  const claim = 'every-client-answered'

  it('is broken by a client that waits although the source has settled', () => {
    expect(
      judge(claim, history([ask('A'), start('task')], [settle('task', 'fulfilled', 1)], [deadlock('A')])),
    ).toBe('violated')
  })

  it('is broken by a client that waits for no source at all', () => {
    expect(judge(claim, history([call('A', 'await')], [deadlock('A')]))).toBe('violated')
  })

  it('does not ask for an answer while the source itself waits for the subject', () => {
    expect(judge(claim, history([ask('A'), start('task')], [deadlock('A')]))).toBe('holds')
  })

  it('is kept where all are answered, and silent where nobody asks', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, nothing)).toBe('unexercised')
  })
})

describe('no-livelock', () => {
  const claim = 'no-livelock'
  const bound = event('bound', 'world', undefined, { detail: { steps: 600 } })

  it('is broken by a hang and by a run without end', () => {
    expect(judge(claim, servedWith(event('hang', 'world')))).toBe('violated')
    expect(judge(claim, servedWith(bound))).toBe('violated')
  })

  it('is broken by attempts without end', () => {
    const h = history(
      [ask('A')],
      [],
      [],
      [],
      [],
      [start('task')],
      [settle('task', 'rejected')],
      [start('task'), bound],
    )
    expect(judge(claim, h)).toBe('violated')
  })

  it('leaves a subject alone whose source does not settle', () => {
    expect(judge(claim, history([ask('A'), start('task')], [], [], [bound]))).toBe('holds')
  })

  it('is kept by a run that ends, and silent where nobody asks', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, nothing)).toBe('unexercised')
  })
})

describe('answers-once', () => {
  it('is broken by a second answer to one call', () => {
    expect(judge('answers-once', servedWith(answer('A', 'fulfilled', 1)))).toBe('violated')
  })

  it('is kept by one answer to each of two calls', () => {
    const h = history([ask('A'), answer('A', 'fulfilled', 1)], [ask('A'), answer('A', 'fulfilled', 1)])
    expect(judge('answers-once', h)).toBe('holds')
    expect(judge('answers-once', history([ask('A')]))).toBe('unexercised')
  })
})

describe('answers-with-a-thenable', () => {
  const claim = 'answers-with-a-thenable'

  it('is broken by a bare value', () => {
    expect(judge(claim, history([ask('A'), answer('A', 'returned', 1)]))).toBe('violated')
  })

  it('is kept by a promise, and silent about calls that give no outcome of a source', () => {
    expect(judge(claim, served)).toBe('holds')
    expect(judge(claim, history([call('A', 'reset'), answer('A', 'returned')]))).toBe('unexercised')
  })
})

describe('synchronous-throw-is-a-rejection', () => {
  const claim = 'synchronous-throw-is-a-rejection'
  const reason = new Error('at once')
  const thrown = (outcome: 'threw' | 'rejected') =>
    history([ask('A'), start('task'), settle('task', 'threw', reason), answer('A', outcome, reason)])

  it('is broken by a throw that reaches the caller', () => {
    expect(judge(claim, thrown('threw'))).toBe('violated')
  })

  it("is kept by a rejection, and by a throw of the subject's own", () => {
    expect(judge(claim, thrown('rejected'))).toBe('holds')
    const own = history(
      [ask('A'), start('task'), settle('task', 'threw', reason), answer('A', 'rejected', reason)],
      [call('B', 'reset'), answer('B', 'threw', new Error('busy'))],
    )
    expect(judge(claim, own)).toBe('holds')
  })

  it('does not apply where it is documented, and is silent where nothing throws', () => {
    expect(judge(claim, thrown('threw'), { syncThrow: 'throw' })).toBe('not-applicable')
    expect(judge(claim, served)).toBe('unexercised')
  })
})

describe.each([
  ['falsy-reason-is-a-rejection', 'rejected', 'fulfilled'],
  ['falsy-value-is-a-value', 'fulfilled', 'rejected'],
] as const)('%s', (claim, right, wrong) => {
  const run = (value: unknown, told: 'fulfilled' | 'rejected') =>
    history([ask('A'), start('task')], [settle('task', right, value), answer('A', told, value)])

  it.each([[undefined], [null], [0], [-0], [Number.NaN], [''], [false], [0n]])(
    'is broken for %o',
    (value) => {
      expect(judge(claim, run(value, wrong))).toBe('violated')
      expect(judge(claim, run(value, right))).toBe('holds')
    },
  )

  it('says nothing of other values', () => {
    expect(judge(claim, run('text', wrong))).toBe('unexercised')
  })

  it('says nothing where the answer may be that of another call', () => {
    const h = history(
      [ask('A'), start('task')],
      [at(5), settle('task', right, 0), start('task')],
      [settle('task', wrong, 7), answer('A', wrong, 7)],
    )
    expect(judge(claim, h)).toBe('unexercised')
  })

  it('is broken by an answer that gives the opposite of both calls', () => {
    const h = history(
      [ask('A'), start('task')],
      [settle('task', right, 0), start('task')],
      [settle('task', right, ''), answer('A', wrong, 0)],
    )
    expect(judge(claim, h)).toBe('violated')
  })
})

it('has no law that these tests leave out', () => {
  const text = readFileSync(new URL(import.meta.url), 'utf8')
  expect(Object.keys(hygiene.laws).filter((claim) => !text.includes(claim))).toEqual([])
})
