import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Counterexample } from 'lawful'
import { afterAll, describe, expect, it } from 'vitest'
import { renderScript } from '../../src/render/script.js'
import { checkForgetful, failure } from './counterexamples.js'

const folder = mkdtempSync(join(tmpdir(), 'lawful-script-'))
afterAll(() => rmSync(folder, { recursive: true }))

const FORGETFUL = `class ForgetfulLazy {
  constructor(factory) { this.factory = factory }
  async get() {
    if (this.value === undefined) this.value = await this.factory()
    return this.value
  }
}`
const KEPT = `class ForgetfulLazy {
  constructor(factory) { this.factory = factory }
  get() { return (this.kept ??= Promise.resolve(this.factory())) }
}`

const script = (counterexample: Counterexample, declaration: string, create: string): string =>
  renderScript({
    subject: 'ForgetfulLazy',
    law: 'lazy/some-law',
    statement: 'A statement.',
    counterexample,
    members: { create },
    imports: [],
    declarations: [declaration],
  })

/** Runs a script as a user would; what it exits with and what it says. */
function run(text: string): { readonly code: number; readonly output: string } {
  const path = join(folder, 'reproduction.mjs')
  writeFileSync(path, text)
  try {
    return { code: 0, output: execFileSync(process.execPath, [path], { encoding: 'utf8' }) }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { code: status, output: stdout + stderr }
  }
}

describe('a reproduction', async () => {
  const report = await checkForgetful()
  const broken = report.verdicts.filter(({ counterexample }) => counterexample)

  it.each(broken)('of $law goes as it was recorded, without the kit', ({ counterexample }) => {
    const text = script(counterexample!, FORGETFUL, '(factory) => new ForgetfulLazy(factory)')
    expect(text).not.toMatch(/from 'lawful/)
    const { code, output } = run(text)
    expect(output).toMatch(/\nREPRODUCED\n$/)
    expect(code).toBe(1)
  })

  it('says that it goes another way once the subject is mended', () => {
    const [{ counterexample } = {}] = broken
    const { code, output } = run(
      script(counterexample!, KEPT, 'create(factory) { return new ForgetfulLazy(factory) }'),
    )
    expect(output).toContain('NOT REPRODUCED: at ≠ the run goes another way')
    expect(code).toBe(0)
  })

  it('says which steps it has no code for', () => {
    const { verdict } = failure([
      { step: 0, type: 'act', actor: 'world', op: 'create', code: 'adapter.create()' },
      { step: 1, type: 'call', actor: 'A', op: 'then', id: 1, code: 'subject.then(…)' },
      {
        step: 1,
        type: 'return',
        actor: 'A',
        op: 'then',
        id: 1,
        outcome: 'fulfilled',
        value: { id: 0, text: '1' },
      },
    ])
    const { output } = run(script(verdict.counterexample!, '', '() => Promise.resolve(1)'))
    expect(output).toContain('A calls then (not played)')
    expect(output).toContain('NOT REPRODUCED: there is no code for some of its steps')
  })

  it('observes handlers, rejections, deadlocks and time', () => {
    const { verdict } = failure(
      [
        { step: 0, type: 'act', actor: 'world', op: 'create', code: 'adapter.create(task)' },
        {
          step: 1,
          type: 'call',
          actor: 'A',
          op: 'then',
          id: 1,
          code: "subject.then(seen('A', 'onFulfilled'), seen('A', 'onRejected'))",
        },
        { step: 1, type: 'start', actor: 'task', op: 'task', id: 2, detail: { n: 1, give: 'promise' } },
        {
          step: 2,
          type: 'settle',
          actor: 'task',
          op: 'task',
          id: 2,
          timeMs: 5,
          outcome: 'rejected',
          value: { id: 0, text: "Error('e1')" },
        },
        {
          step: 2,
          type: 'handler',
          actor: 'A',
          op: 'onRejected',
          id: 1,
          timeMs: 5,
          value: { id: 0, text: "Error('e1')" },
        },
        {
          step: 2,
          type: 'return',
          actor: 'A',
          op: 'then',
          id: 1,
          timeMs: 5,
          outcome: 'fulfilled',
          value: { id: 1, text: 'undefined' },
        },
        { step: 3, type: 'call', actor: 'B', op: 'await', id: 3, timeMs: 5, code: 'new Promise(() => {})' },
        { step: 3, type: 'deadlock', actor: 'B', op: 'await', id: 3, timeMs: 5 },
      ],
      { blame: [7] },
    )
    const create = '(task) => ({ then: (f, r) => Promise.resolve(task()).then(f, r) })'
    const { output } = run(script(verdict.counterexample!, '', create))
    expect(output).toMatch(/\nREPRODUCED\n$/)
  })
})
