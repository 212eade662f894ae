import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { renderFailure } from '../../src/render/text.js'
import { checkForgetful, failure, failuresOf } from './counterexamples.js'

const fulfilled = (text: string, id = 0) => ({ outcome: 'fulfilled', value: { id, text } }) as const
const rejected = (text: string, id = 0) => ({ outcome: 'rejected', value: { id, text } }) as const

describe('the text of a failure', () => {
  it('shows a race of two clients', async () => {
    const [first] = failuresOf(await checkForgetful(['lazy/single-flight']))
    expect(renderFailure({ ...first!, scriptPath: '.lawful/single-flight.mjs' })).toMatchInlineSnapshot(`
      "✗ lazy/single-flight                                    ForgetfulLazy · required
        At most one initialisation is in flight at any instant.

        client A    await─────────────1
        client B            await─────────2
        factory #1        [─────────1
        factory #2                [─────2 ← factory #1 is still in flight
                          ▲       ▲

        step  time  what happened
        1     0 ms  A awaits → factory #1 starts  ✗
        2     0 ms  B awaits → factory #2 starts  ✗ factory #1 is still in flight
        3     0 ms  factory #1 fulfils 1 → A gets 1
        4     0 ms  factory #2 fulfils 2 → B gets 2

        hint     Keep the promise, not the value: assign it before the first await.
        passes   if at step 2 factory #1 comes before B's await
        found    by enumeration
        shrunk   9 events, 0 deviations from FIFO, after 1 scenario (seed 42)
        replay   npx lawful replay 'lazy/single-flight:42:0.11.0.0.0.1.1'
        as code  .lawful/single-flight.mjs   (stands alone, needs only the subject)
      "
    `)
  })

  it('shows time, rejections, injected calls and who waits for ever', () => {
    const text = renderFailure(
      failure(
        [
          { step: 0, type: 'act', actor: 'world', op: 'create', code: 'adapter.create(attempt)' },
          { step: 1, type: 'call', actor: 'A', op: 'run', id: 1 },
          { step: 1, type: 'start', actor: 'attempt', op: 'attempt', id: 2, detail: { n: 1 } },
          {
            step: 2,
            type: 'settle',
            actor: 'attempt',
            op: 'attempt',
            id: 2,
            timeMs: 20,
            ...rejected("Error('e1')"),
          },
          { step: 2, type: 'call', actor: 'B', op: 'run', id: 3, timeMs: 20, detail: { inject: 2 } },
          { step: 3, type: 'timer', actor: 'clock', timeMs: 1000, detail: { dueMs: 1000 } },
          { step: 3, type: 'start', actor: 'attempt', op: 'attempt', id: 4, timeMs: 1000, detail: { n: 2 } },
          {
            step: 4,
            type: 'settle',
            actor: 'attempt',
            op: 'attempt',
            id: 4,
            timeMs: 1000,
            ...fulfilled('2', 1),
          },
          { step: 4, type: 'return', actor: 'A', op: 'run', id: 1, timeMs: 1000, ...fulfilled('2', 1) },
          { step: 4, type: 'deadlock', actor: 'B', op: 'run', id: 3, timeMs: 1000 },
          { step: 5, type: 'timer-left', actor: 'clock', timeMs: 1000, detail: { dueMs: 3000 } },
        ],
        { blame: [4, 9], message: 'B still waits and nothing can move any more', choices: [0, 2] },
      ),
    )
    expect(text).toMatchInlineSnapshot(`
      "✗ retry/waits-between-attempts                               HandMade · required
        Attempts are apart.

        client A    run─────────────────────2
        client B              run─────────────∞ ←
        attempt #1      [─!e1
        attempt #2                      [─2
        clock                     timer         left
                              ▲               ▲

        step  time     what happened
        1     0 ms     A calls run → attempt #1 starts
        2     20 ms    attempt #1 rejects with Error('e1')
                       → B calls run, 2 microtasks in                      ✗
        3     1000 ms  a timer fires → attempt #2 starts
        4     1000 ms  attempt #2 fulfils 2 → A gets 2 → B waits for ever  ✗
                         B still waits and nothing can move any more
        5     1000 ms  a timer is left, due at 3000 ms

        hint     Wait.
        found    in FIFO order
        shrunk   11 events, 1 deviation from FIFO, after 1 scenario (seed 42)
        replay   npx lawful replay 'retry/waits-between-attempts:42:0.1'
      "
    `)
  })

  it('shows handlers, thenables of the kit, signals and what the world observes', () => {
    const text = renderFailure(
      failure(
        [
          { step: 1, type: 'signal', actor: 'stop' },
          { step: 1, type: 'call', actor: 'A', op: 'resolve', id: 1, value: { id: 0, text: 'T1' } },
          { step: 1, type: 'touch', actor: 'T1', op: 'read' },
          {
            step: 1,
            type: 'return',
            actor: 'A',
            op: 'resolve',
            id: 1,
            outcome: 'returned',
            value: { id: 1, text: 'undefined' },
          },
          { step: 2, type: 'touch', actor: 'T1', op: 'fulfil', value: { id: 2, text: '1' } },
          { step: 2, type: 'handler', actor: 'A', op: 'onFulfilled', id: 1, value: { id: 2, text: '1' } },
          { step: 3, type: 'act', actor: 'world', op: 'abort' },
          {
            step: 4,
            type: 'host-error',
            actor: 'world',
            value: { id: 3, text: "TypeError('f is not a function')" },
          },
          { step: 4, type: 'unhandled-rejection', actor: 'world', value: { id: 4, text: "Error('e1')" } },
          { step: 4, type: 'listener-left', actor: 'stop', detail: { count: 2 } },
          { step: 4, type: 'global-changed', actor: 'world', detail: { name: 'Promise.resolve' } },
        ],
        { blame: [9], message: '2 listeners are left on stop' },
      ),
    )
    expect(text).toMatchInlineSnapshot(`
      "✗ retry/waits-between-attempts                               HandMade · required
        Attempts are apart.

        client A         resolve(T1)─            onFulfilled(1)
        stop      signal
        T1                           read fulfil
        world                                                   abort

        stop                           left ← 2 listeners are left on stop
        world     !TypeError('f i… !e1      global
                                       ▲

        step  time  what happened
        1     0 ms  signal stop is handed in → A resolves with T1
                    → \`then\` of T1 is read
        2     0 ms  T1 fulfils with 1 → A's onFulfilled runs with 1
        3     0 ms  abort
        4     0 ms  TypeError('f is not a function') is thrown at the host
                    → the host reports Error('e1') as unhandled
                    → 2 abort listeners are left on stop  ✗
                      2 listeners are left on stop
                    → Promise.resolve was changed

        hint     Wait.
        found    in FIFO order
        shrunk   11 events, 0 deviations from FIFO, after 1 scenario (seed 42)
        replay   npx lawful replay 'retry/waits-between-attempts:42:0.1'
      "
    `)
  })

  it('shows of a long history what is near the blame, and says what it leaves out', () => {
    const crowd = Array.from({ length: 300 }, (_, n) => [
      { step: n + 1, type: 'call', actor: `client ${n}`, op: 'await', id: n + 1 } as const,
      {
        step: n + 1,
        type: 'return',
        actor: `client ${n}`,
        op: 'await',
        id: n + 1,
        ...fulfilled(`${n}`, n),
      } as const,
    ]).flat()
    const text = renderFailure(failure(crowd, { blame: [401], message: 'client 200 gets 200' }))
    expect(text).toMatch(/⋯ +\d+ more events/)
    expect(text).toContain('client 200 gets 200')
    expect(text.split('\n').length).toBeLessThan(120)
    expect(tooWide(text)).toEqual([])
  })

  it('never wraps a lane: what does not fit goes on below', () => {
    const many = Array.from({ length: 12 }, (_, n) => [
      { step: n + 1, type: 'call', actor: 'A', op: 'acquire', id: n + 1 } as const,
      {
        step: n + 1,
        type: 'return',
        actor: 'A',
        op: 'acquire',
        id: n + 1,
        ...fulfilled('[Permit 3]'),
      } as const,
    ]).flat()
    const text = renderFailure(failure(many, { blame: [23] }))
    expect(text.match(/^ {2}client A /gm)?.length).toBeGreaterThan(1)
    expect(tooWide(text)).toEqual([])
  })

  it('fits 80 columns, and fewer, for every law a subject breaks', async () => {
    for (const each of failuresOf(await checkForgetful())) {
      const subject = 'a subject with quite a long name, as some packages have'
      expect(tooWide(renderFailure({ ...each, subject }))).toEqual([])
      expect(tooWide(renderFailure(each, { width: 60 }), 60)).toEqual([])
    }
  })

  it('says the same with and without colour', async () => {
    const [first] = failuresOf(await checkForgetful(['lazy/single-flight']))
    const plain = renderFailure(first!, { colour: false })
    const coloured = renderFailure(first!, { colour: true })
    expect(plain).not.toContain(ESC)
    expect(coloured).toContain(ESC)
    expect(stripVTControlCharacters(coloured)).toBe(plain)
  })

  it('is the same, byte for byte, for the same seed', async () => {
    const texts = async () => failuresOf(await checkForgetful()).map((each) => renderFailure(each))
    expect(await texts()).toEqual(await texts())
  })

  it('leaves out how a run was found when it was asked for', async () => {
    const [first] = failuresOf(await checkForgetful(['lazy/single-flight']))
    expect(renderFailure({ ...first!, replayed: true })).not.toContain('shrunk')
  })
})

const ESC = '\u001b['

/** Commands and paths are there to be copied, and so are never cut; nothing else may be wider than the page. */
function tooWide(text: string, width = 80): string[] {
  return text.split('\n').filter((line) => stringWidth(line) > width && !/^\s*(replay|as code|')/.test(line))
}
