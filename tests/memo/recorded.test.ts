import { describe, expect, it } from 'vitest'
import { memo as cached } from '../../src/awaitables/index.js'
import { memo, type Report, record } from '../../src/index.js'

const broken = ({ verdicts }: Report) =>
  verdicts.flatMap(({ law, verdict }) => (verdict === 'violated' ? [law] : []))

const turn = () => new Promise((resolve) => setImmediate(resolve))
const kept = {
  name: 'kept',
  create: (load: (key: unknown) => PromiseLike<unknown>) => cached(load),
}
/** Looks whether there is something before it waits for it. */
const racing = {
  name: 'racing',
  create(load: (key: unknown) => PromiseLike<unknown>) {
    const values = new Map<unknown, unknown>()
    return {
      async get(key: unknown) {
        if (!values.has(key)) values.set(key, await load(key))
        return values.get(key)
      },
    }
  },
}

describe('a recorded cache', () => {
  it('is judged by the laws of memo', async () => {
    const { subject, report } = record(memo, kept, [async (key) => `value of ${String(key)}`])
    await Promise.all([subject.get('a'), subject.get('a'), subject.get('b')])
    await turn()
    expect(await subject.get('a')).toBe('value of a')
    subject.clear?.('a')
    await subject.get('a')
    const found = report()
    expect(broken(found)).toEqual([])
    const holds = found.verdicts.filter(({ verdict }) => verdict === 'holds').map(({ law }) => law)
    expect(holds).toContain('memo/single-flight')
    expect(holds).toContain('memo/clear-forces-a-reload')
  })

  it('is convicted of what really happened', async () => {
    const { subject, report } = record(memo, racing, [async (key) => key])
    await Promise.all([subject.get('a'), subject.get('a'), subject.get('b')])
    expect(broken(report())).toContain('memo/single-flight')
  })
})
