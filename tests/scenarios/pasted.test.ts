import { describe, expect, it } from 'vitest'
import { Lazy } from '../../src/awaitables/index.js'
import { lazy, memo, type Suite, scenario, UsageError } from '../../src/index.js'
import { ForgetfulLazy } from '../render/counterexamples.js'

const forgetful = lazy({ name: 'ForgetfulLazy', create: (factory) => new ForgetfulLazy(factory) })
const correct = lazy({ name: 'Lazy', create: (factory) => new Lazy(factory) })

/** Not a choice of this kit's generator: two clients, of whom the second is answered first. */
const text = `
✗ lazy/single-flight                           ForgetfulLazy · required
  At most one initialisation is in flight at any instant.

  client A    await─────────────────2
  client B            await───────1
  factory #1        [─────────────2
  factory #2                [───1    ← factory #1 is still in flight
                    ▲       ▲

  step  time  what happened
  1     0 ms  A awaits → factory #1 starts  ✗
  2     0 ms  B awaits → factory #2 starts  ✗ factory #1 is still in flight
  3     0 ms  factory #2 rejects with Error('e2')
              → B is rejected with Error('e2')
  4     0 ms  factory #1 fulfils 1 → A gets 1

  hint     Keep the promise, not the value: assign it before the first await.
  replay   npx lawful replay 'lazy/single-flight:42:0.s0'
`
const table = text.slice(text.indexOf('  step  time'), text.indexOf('  hint'))
const replay = text.slice(text.indexOf('  replay'))
const lines = (change: (line: string) => string) => text.split('\n').map(change).join('\n')

const told = async (pasted: string, suite: Suite = forgetful) => {
  const { history } = await scenario(pasted).on(suite)
  return history.filter(({ type }) => type === 'settle').map(({ value }) => value?.text)
}

describe('what is pasted', () => {
  it('is a tagged template as well as a string', async () => {
    const run = scenario`${text}`
    expect(run.transcript).toEqual(scenario(text).transcript)
    expect(await run.on(forgetful)).toMatchObject({
      verdict: 'violated',
      by: 'lanes',
      law: 'lazy/single-flight',
    })
    expect(await run.on(correct)).toMatchObject({ verdict: 'holds', by: 'lanes', broken: [] })
  })

  it('decides who acts when, and how each call of a source ends', async () => {
    expect(await told(text)).toEqual(["Error('e2')", '1'])
  })

  it.each([
    ['indented', lines((line) => `        ${line}`)],
    ['without its indentation', lines((line) => line.trimStart())],
    [
      'in colours',
      lines((line) =>
        line.replace(/✗.*/, '\u001b[31m$&\u001b[39m').replace(/^ +\d/, '\u001b[2m$&\u001b[22m'),
      ),
    ],
    ['in a comment', lines((line) => `// ${line}`)],
    ['in a comment of several lines', lines((line) => ` * ${line}`)],
    ['with the line ends of another system', text.replaceAll('\n', '\r\n')],
    ['without the lanes', text.replace(/ {2}client[\s\S]*?(?= {2}step)/, '')],
    ['without its head', text.slice(text.indexOf('  client'))],
    ['without its foot', text.slice(0, text.indexOf('  hint'))],
    ['behind other words', `FAIL  lazy.laws.ts > MyLazy\n\n${text}\n❯ lazy.laws.ts:3:1\n`],
  ])('may be %s', async (_, pasted) => {
    expect(scenario(pasted).transcript.events).toEqual(scenario(text).transcript.events)
    expect(await scenario(pasted).on(forgetful)).toMatchObject({ law: 'lazy/single-flight', by: 'lanes' })
  })

  it('may be the table alone: then every law is asked', async () => {
    const { law, verdict, broken } = await scenario(table).on(forgetful)
    expect({ law, verdict }).toEqual({ law: undefined, verdict: 'violated' })
    expect(broken.map((each) => each.law)).toContain('lazy/single-flight')
    expect(await scenario(table).on(correct)).toMatchObject({ verdict: 'holds', broken: [] })
  })

  it('may have a backtick that had to be escaped', () => {
    const { transcript } = scenario`
      step  time  what happened
      1     0 ms  A awaits → factory #1 starts → \`then\` of thenable 1 is read
    `
    expect(transcript.events.map(({ type }) => type)).toEqual(['call', 'start', 'other'])
  })

  it('tells a bare thenable, specimens, and who comes in the microtasks of another', () => {
    const { transcript } = scenario(`
      step  time   what happened
      1     0 ms   A awaits → factory #1 starts, a bare thenable → B awaits, 2 microtasks in
      2     15 ms  factory #1 rejects with new Error('kept')  ✗ it is wrong
    `)
    expect(transcript.events).toMatchObject([
      { type: 'call', actor: 'A', op: 'await', inject: 0 },
      { type: 'start', actor: 'factory', n: 1, bare: true },
      { type: 'call', actor: 'B', op: 'await', inject: 2 },
      { type: 'settle', n: 1, outcome: 'rejected', value: "new Error('kept')", timeMs: 15, step: 2 },
    ])
  })
})

describe('what cannot be played by its lanes', () => {
  it.each([
    [
      'leaves events out',
      text.replace('  4     0 ms', '  ⋯           7 more events\n  4     0 ms'),
      'leaves out 7 more',
    ],
    ['has no step table', text.replace(table, ''), 'has no step table'],
    [
      'is cut off',
      text.replace('A awaits → factory #1 starts', 'A awaits → factory #1 starts wi…'),
      'cuts off step 1',
    ],
    [
      'has values that nobody can make',
      text.replaceAll('fulfils 1', 'fulfils [Map 3]'),
      '[Map 3] cannot be made',
    ],
    ['has clients that there are not', text.replaceAll('A awaits', 'Zoe awaits'), 'no client Zoe'],
    ['is of another protocol', text.replaceAll('factory #', 'load #'), 'cannot be played by their lanes'],
  ])('%s: it goes by its replay string', async (_, pasted, reason) => {
    const again = await scenario(pasted).on(forgetful)
    expect(again).toMatchObject({ by: 'replay', verdict: 'violated', law: 'lazy/single-flight' })
    expect(again.reason).toContain(reason)
    expect(again.history.length).toBeGreaterThan(0)
    expect(await scenario(pasted).on(correct)).toMatchObject({ by: 'replay', verdict: 'holds', broken: [] })
  })

  it('is what the subject cannot be asked for', async () => {
    const own = lazy({
      name: 'takes promises alone',
      create: (factory) => new Lazy(factory),
      policy: { source: 'promise' },
    })
    const bare = text.replace('B awaits → factory #2 starts', 'B awaits → factory #2 starts, a bare thenable')
    expect(await scenario(bare).on(own)).toMatchObject({
      by: 'replay',
      reason: 'the lanes cannot be played: the subject accepts no source that gives a thenable',
    })
    const promise = lazy({
      name: 'a promise',
      create: async (factory) => factory(),
      policy: { start: 'eager' },
    })
    const reset = text.replaceAll('B awaits → factory #2 starts', 'B resets')
    expect(await scenario(reset).on(promise)).toMatchObject({
      by: 'replay',
      reason: 'the lanes cannot be played: the subject has no reset',
    })
  })

  it('is nothing where the law does not apply', async () => {
    const eager = text.replaceAll('single-flight', 'starts-at-creation')
    expect(await scenario(eager).on(correct)).toMatchObject({
      verdict: 'not-applicable',
      by: 'nothing',
      broken: [],
    })
  })

  it('is refused in one line where the replay string leads nowhere either', async () => {
    const nowhere = scenario(text.replace('A awaits', 'Zoe awaits').replace('0.s0', '0.s99:0.1'))
    await expect(nowhere.on(forgetful)).rejects.toThrow(
      /^the lanes cannot be played: there is no client Zoe; '.*' names a run that ForgetfulLazy does not have$/,
    )
  })

  it('is refused in one line where there is no replay string', async () => {
    const cut = scenario(table.replace('4     0 ms', '⋯           7 more events\n  4     0 ms'))
    await expect(cut.on(forgetful)).rejects.toThrow(
      new UsageError('the text leaves out 7 more events, and it has no replay string'),
    )
  })

  it('is refused where it names a law of another protocol', async () => {
    const other = memo({ name: 'other', create: (load) => ({ get: async (key) => load(key) }) })
    await expect(scenario(text).on(other)).rejects.toThrow(
      /has no law lazy\/single-flight, which the text names/,
    )
  })
})

describe('what is no printed failure', () => {
  it.each([
    ['other text', 'all is well', 'it has neither a step table nor a replay string'],
    ['nothing', '', 'it has neither'],
    ['several failures', `${text}\n${text}`, 'the text tells several failures'],
  ])('%s is refused at once', (_, pasted, message) => {
    expect(() => scenario(pasted)).toThrow(UsageError)
    expect(() => scenario(pasted)).toThrow(message)
  })

  it('has a replay string that is none', () => {
    expect(() => scenario(replay.replace('0.s0', 'x'))).toThrow('it has neither')
  })
})
