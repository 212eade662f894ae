import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { HistoryEvent } from '../../src/core/history.js'
import { renderScript } from '../../src/render/script.js'
import { failure } from './counterexamples.js'

const folder = mkdtempSync(join(tmpdir(), 'lawful-mechanism-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Written = Parameters<typeof failure>[0][number]

/** The script for a history written by hand. */
function scriptOf(history: readonly Written[], create: string): string {
  const { verdict } = failure(history)
  return renderScript({
    subject: 'HandMade',
    law: 'a/law',
    statement: 'A statement.',
    counterexample: verdict.counterexample!,
    members: { create },
    imports: [],
    declarations: [],
  })
}

/** What a script says, run as a user would. */
function outputOf(text: string): string {
  const path = join(folder, 'reproduction.mjs')
  writeFileSync(path, text)
  try {
    return execFileSync(process.execPath, [path], { encoding: 'utf8' })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return stdout + stderr
  }
}

const plays = (history: readonly Written[], create: string) =>
  expect(outputOf(scriptOf(history, create))).toMatch(/\nREPRODUCED\n$/)

const value = (text: string, id = 0) => ({ id, text })
const made = (code = 'adapter.create(task)'): Written => ({
  step: 0,
  type: 'act',
  actor: 'world',
  op: 'create',
  code,
})
const event = (type: HistoryEvent['type'], actor: string, step: number, more: Partial<Written>): Written => ({
  step,
  type,
  actor,
  ...more,
})
const starts = (step: number, id: number, n: number, give = 'promise'): Written =>
  event('start', 'task', step, { op: 'task', id, detail: { n, give } })
const gets = (actor: string, step: number, id: number, text: string): Written =>
  event('return', actor, step, { op: 'get', id, outcome: 'fulfilled', value: value(text) })
const returns = (actor: string, step: number, op: string, id: number): Written =>
  event('return', actor, step, { op, id, outcome: 'returned', value: value('undefined') })

describe('a reproduction', () => {
  it('calls a value by the name that it was recorded under', () => {
    const code = "subject.get(kit.named('T1', { then() {} }))"
    plays(
      [made('adapter.create()'), event('call', 'A', 1, { op: 'get', id: 1, code }), gets('A', 1, 1, 'T1')],
      // As a thenable would be taken on, the value is handed over without one's being asked.
      '() => ({ get: (value) => ({ then: (tell) => tell(value) }) })',
    )
  })

  it('makes a call inside the callback in which it was made, be it of the same client', () => {
    const then = (step: number, id: number, detail: Written['detail'] = {}): Written =>
      event('call', 'A', step, { op: 'on', id, detail, code: "subject.on(seen('A', 'told'))" })
    const told = (id: number): Written => event('handler', 'A', 1, { op: 'told', id, value: value('1') })
    plays(
      [
        made('adapter.create()'),
        then(1, 1),
        told(1),
        then(1, 2, { inside: true }),
        returns('A', 1, 'on', 2),
        returns('A', 1, 'on', 1),
      ],
      '() => { let told = 0; return { on(tell) { if (told++ === 0) tell(1) } } }',
    )
  })

  it('lets a task go as the answer goes that was asked for inside it', () => {
    const get = (actor: string, id: number): Written =>
      event('call', actor, 1, { op: 'get', id, code: 'subject.get()' })
    plays(
      [
        made(),
        get('A', 1),
        starts(1, 2, 1),
        get('B', 3),
        starts(1, 4, 2),
        event('settle', 'task', 2, { op: 'task', id: 4, outcome: 'fulfilled', value: value('1') }),
        gets('B', 2, 3, '1'),
        event('settle', 'task', 2, { op: 'task', id: 2, outcome: 'fulfilled', value: value('1') }),
        gets('A', 2, 1, '1'),
      ],
      '(task) => ({ get: () => task() })',
    )
  })

  it('calls a source ahead where that was called to hand over what it gives', () => {
    plays(
      [
        made('adapter.create()'),
        starts(0, 1, 1),
        event('call', 'A', 1, { op: 'keep', id: 2, code: 'subject.keep(task())' }),
        returns('A', 1, 'keep', 2),
        event('settle', 'task', 2, { op: 'task', id: 1, outcome: 'fulfilled', value: value('1') }),
      ],
      '() => ({ keep() {} })',
    )
  })

  it('takes no notice of what is thrown at a bare thenable', () => {
    plays(
      [
        made(),
        event('call', 'A', 1, { op: 'get', id: 1, code: 'subject.get()' }),
        starts(1, 2, 1, 'thenable'),
        event('settle', 'task', 2, { op: 'task', id: 2, outcome: 'rejected', value: value("Error('e1')") }),
        event('deadlock', 'A', 2, { op: 'get', id: 1 }),
      ],
      '(task) => ({ get: () => (task().then(() => {}, () => { throw 1 }), new Promise(() => {})) })',
    )
  })

  it('ends a subject that never gives control back', () => {
    plays(
      [
        made('adapter.create()'),
        event('call', 'A', 1, { op: 'spin', id: 1, code: 'subject.spin()' }),
        event('hang', 'world', 1, {}),
      ],
      '() => ({ spin() { for (;;); } })',
    )
  })

  it('says that a subject gives control back after all', () => {
    const history = [
      made('adapter.create()'),
      event('call', 'A', 1, { op: 'spin', id: 1, code: 'subject.spin()' }),
      event('hang', 'world', 1, {}),
    ]
    const output = outputOf(scriptOf(history, '() => ({ spin() {} })'))
    expect(output).toContain('the subject never gives control back  ≠ spin returns')
    expect(output.match(/NOT REPRODUCED/g)).toHaveLength(1)
  })

  it('goes before a timer that is due at the same time', () => {
    const call = (step: number, id: number, timeMs: number): Written =>
      event('call', 'A', step, { op: 'get', id, timeMs, code: 'subject.get()' })
    const answer = (step: number, id: number, timeMs: number, text: string): Written => ({
      ...event('return', 'A', step, { op: 'get', id, timeMs, outcome: 'returned' }),
      value: value(text),
    })
    const told = event('handler', 'A', 4, { op: 'told', id: 1, timeMs: 60, value: value("'late'") })
    plays(
      [
        made("adapter.create(seen('A', 'told'))"),
        call(1, 1, 0),
        answer(1, 1, 0, '1'),
        call(2, 2, 60),
        answer(2, 2, 60, '2'),
        call(3, 3, 60),
        answer(3, 3, 60, '3'),
        event('timer', 'clock', 4, { timeMs: 60 }),
        told,
      ],
      "(tell) => { setTimeout(() => tell('late'), 60); let n = 0; return { get: () => ++n } }",
    )
  })

  it('does not wait for what comes when all is over', () => {
    const text = scriptOf(
      [
        made('adapter.create()'),
        event('call', 'A', 1, { op: 'get', id: 1, code: 'subject.get()' }),
        returns('A', 1, 'get', 1),
        event('timer', 'clock', 2, { timeMs: 86_400_000 }),
      ],
      '() => ({ get() { setTimeout(() => {}, 86_400_000) } })',
    )
    expect(text).not.toContain('86400000')
    expect(outputOf(text)).toMatch(/\nREPRODUCED\n$/)
  })

  it('shows a value that cannot be written down', () => {
    const text = scriptOf(
      [
        made(),
        event('call', 'A', 1, { op: 'get', id: 1, code: 'subject.get()' }),
        starts(1, 2, 1),
        event('settle', 'task', 2, { op: 'task', id: 2, outcome: 'fulfilled', value: value('T1', 7) }),
        gets('A', 2, 1, 'T1'),
      ],
      '(task) => ({ get: () => task() })',
    )
    expect(text).toContain("const value1 = Symbol('T1')")
    expect(outputOf(text)).toMatch(/\nREPRODUCED\n$/)
  })

  it('reads the time that was recorded, and waits only for timers', () => {
    const call = (step: number, id: number, timeMs: number): Written =>
      event('call', 'A', step, { op: 'get', id, timeMs, code: 'subject.get()' })
    const answer = (step: number, id: number, timeMs: number): Written => ({
      ...event('return', 'A', step, { op: 'get', id, timeMs, outcome: 'returned' }),
      value: value(String(timeMs * 3)),
    })
    plays(
      [made('adapter.create()'), call(1, 1, 0), answer(1, 1, 0), call(2, 2, 90_000), answer(2, 2, 90_000)],
      `() => {
        const [a, b, c] = [performance.now(), Date.now(), new Date().getTime()]
        return { get: () => performance.now() - a + (Date.now() - b) + (new Date().getTime() - c) }
      }`,
    )
  })

  it('has the sources that were handed over and never called', () => {
    const code = 'subject.get(stage1, stage2)'
    plays(
      [
        made('adapter.create()'),
        event('call', 'A', 1, { op: 'get', id: 1, code }),
        returns('A', 1, 'get', 1),
        event('call', 'B', 2, { op: 'look', id: 2, detail: { from: 'stage1' }, code: 'void subject' }),
        returns('B', 2, 'look', 2),
      ],
      '() => ({ get() {} })',
    )
  })

  it('tells a copy from the value that it is a copy of', () => {
    const history = [
      made(),
      event('call', 'A', 1, { op: 'get', id: 1, code: 'subject.get()' }),
      starts(1, 2, 1),
      event('settle', 'task', 2, { op: 'task', id: 2, outcome: 'fulfilled', value: value('{}', 1) }),
      gets('A', 2, 1, '[object 2]'),
    ]
    plays(history, '(task) => ({ get: async () => ({ ...(await task()) }) })')
    expect(outputOf(scriptOf(history, '(task) => ({ get: () => task() })'))).toContain('NOT REPRODUCED')
  })

  it('says which timers it does not wait for', () => {
    const call = event('call', 'A', 1, { op: 'get', id: 1, code: 'subject.get()' })
    const fires = event('timer', 'clock', 2, { timeMs: 2_147_483_647 })
    const late = { ...gets('A', 2, 1, '1'), timeMs: 2_147_483_647 }
    const text = scriptOf([made('adapter.create()'), call, fires, late], '() => ({ get() {} })')
    expect(text).toContain("// The subject's timers take 2147484 s, for which it does not wait.")
    expect(text).toContain("the subject\\'s timers take too long")
  })
})
