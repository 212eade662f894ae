import { describe, expect, it } from 'vitest'
import { Lazy } from '../../src/awaitables/index.js'
import { lazy, type Report, record } from '../../src/index.js'
import { renderFailure } from '../../src/render/text.js'

const verdicts = ({ verdicts }: Report) =>
  Object.fromEntries(verdicts.map(({ law, verdict }) => [law, verdict]))

/** Calls its factory for everyone who asks. */
const forgetful = {
  name: 'forgetful',
  create: (factory: () => Promise<number>) => ({ get: () => factory() }),
}
const kept = { name: 'kept', create: (factory: () => Promise<number>) => new Lazy(factory) }

describe('a recorded run', () => {
  it('is judged by the laws of the protocol, where they need no world', async () => {
    let calls = 0
    const { subject, report } = record(lazy, kept, [async () => ++calls])
    expect(await Promise.all([subject, subject])).toEqual([1, 1])
    expect(await subject).toBe(1)
    expect(verdicts(report())).toMatchObject({
      'lazy/single-flight': 'holds',
      'lazy/none-after-a-success': 'holds',
      'lazy/identical-value-for-all': 'holds',
      'lazy/retries-after-a-failure': 'unexercised',
      'hygiene/every-client-answered': 'not-applicable',
    })
    expect(report().verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([])
  })

  it('shows what was wrong in it', async () => {
    const { subject, report } = record(lazy, forgetful, [async () => 1])
    await Promise.all([subject.get(), subject.get()])
    const found = report()
    expect(verdicts(found)['lazy/single-flight']).toBe('violated')
    const verdict = found.verdicts.find(({ law }) => law === 'lazy/single-flight')!
    const text = renderFailure({ subject: 'forgetful', seed: 0, verdict, law: undefined })
    expect(text).toContain('factory #2 starts')
    expect(text).toContain('found    in a recorded run')
    expect(text).not.toContain('npx lawful replay')
  })

  it('records how calls end, whatever the way', async () => {
    const reasons = [new Error('first'), new Error('second')]
    let calls = 0
    const { subject, report } = record(lazy, { ...kept, name: 'fails' }, [
      () => Promise.reject(reasons[calls++]),
    ])
    await expect(subject.get()).rejects.toBe(reasons[0])
    // That the failure is known is certain only when the event loop has turned.
    await new Promise((resolve) => setImmediate(resolve))
    await expect(subject.get()).rejects.toBe(reasons[1])
    expect(verdicts(report())['lazy/retries-after-a-failure']).toBe('holds')
  })

  it('ends when it is told to, and the subject goes on', async () => {
    let calls = 0
    const recording = record(lazy, forgetful, [async () => ++calls])
    await recording.subject.get()
    recording.stop()
    await Promise.all([recording.subject.get(), recording.subject.get()])
    expect(calls).toBe(3)
    expect(verdicts(recording.report())['lazy/single-flight']).toBe('unexercised')
  })

  it('keeps so many events and no more, and says so', async () => {
    const { subject, report } = record(lazy, kept, [async () => 1], { limit: 10 })
    for (let n = 0; n < 20; n++) await subject
    expect(report().schedules.bound).toBe('a recorded run of 10 events, of which the rest was not kept')
  })
})
