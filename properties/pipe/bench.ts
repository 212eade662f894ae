import type { SourceCall, Step, World } from '../../src/core/index.js'
import type { PipeAdapter, PipePolicy } from './contract.js'

/** How one stage of a pipe goes. */
export interface Stage {
  readonly call: SourceCall
  /** Where it fulfils: a value of its own, one that is made of its input, or its input. */
  readonly gives: 'own' | 'label' | 'input'
}

/** A pipe, or what was thrown where it should have been made. */
type Made = { readonly pipe: unknown } | { readonly error: unknown }

/** A stage as the subject gets it, and the same as JavaScript. */
interface Work {
  readonly run: (value: unknown) => unknown
  readonly code: string
}

/** Builds pipes one after the other, numbered from 1, and awaits them. Who builds them is the `maker`. */
export class Bench {
  readonly #world: World<PipePolicy>
  readonly #adapter: PipeAdapter
  readonly #made: Made[] = []
  /** What is awaited for each pipe: one for all clients. */
  readonly #awaited = new Map<number, unknown>()
  /** The source whose outcome a pipe has, where it is certain. */
  readonly #from = new Map<number, string>()
  #stages = 0

  constructor(world: World<PipePolicy>, adapter: PipeAdapter) {
    this.#world = world
    this.#adapter = adapter
    world.record({ type: 'act', actor: 'world', op: 'create', code: '{}' })
  }

  /** A pipe that begins with a plain value. */
  fromPlain(name: string): number {
    return this.from(this.#world.value(name))
  }

  from(value: unknown): number {
    const noted = this.#world.note(value)
    return this.#make('begin', () => this.#adapter.from(value), `adapter.from(${noted.text})`, {
      value: noted,
    })
  }

  /** A pipe that begins with what a source gives. */
  fromSource(call: SourceCall): number {
    const input = this.#world.source('input', [call])
    const detail = { input: 'input' }
    const pipe = this.#make('begin', () => this.#adapter.from(input()), 'adapter.from(input())', { detail })
    this.#from.set(pipe, 'input')
    return pipe
  }

  /** A pipe with one more stage: one that does in turn what all of these do. */
  map(parent: number, ...stages: readonly Stage[]): number {
    const before = this.#made[parent - 1]!
    const names = stages.map(() => `stage${++this.#stages}`)
    const work = composed(stages.map((stage, index) => this.#work(names[index]!, stage)))
    const identity = stages.every(({ call, gives }) => gives === 'input' && call.outcome === 'fulfil')
    const make = () => {
      if ('error' in before) throw before.error
      return this.#adapter.map(before.pipe, work.run)
    }
    const detail = { parent, stages: names.join(' '), identity }
    const pipe = this.#make('map', make, `adapter.map(subject.pipe${parent}, ${work.code})`, { detail })
    this.#from.set(pipe, names.at(-1)!)
    return pipe
  }

  /** A client's await. */
  await(pipe: number, inject: number, afterAnswer: boolean, detail: Step['detail'] = {}): Step {
    const from = this.#from.get(pipe)
    const own = `subject.pipe${pipe}`
    return {
      op: 'await',
      run: () => this.#awaitable(pipe),
      inject,
      afterAnswer,
      detail: { ...detail, pipe },
      code: this.#adapter.toAwaitable ? `subject.awaited${pipe} ??= adapter.toAwaitable(${own})` : own,
      ...(from === undefined ? {} : { from }),
    }
  }

  #awaitable(pipe: number): unknown {
    const made = this.#made[pipe - 1]!
    if ('error' in made) throw made.error
    if (!this.#adapter.toAwaitable) return made.pipe
    if (!this.#awaited.has(pipe)) this.#awaited.set(pipe, this.#adapter.toAwaitable(made.pipe))
    return this.#awaited.get(pipe)
  }

  #make(
    op: 'begin' | 'map',
    make: () => unknown,
    code: string,
    more: Pick<Step, 'value' | 'detail'>,
  ): number {
    const number = this.#made.length + 1
    const run = () => {
      try {
        const pipe = make()
        this.#made.push({ pipe })
        this.#mind(number)
      } catch (error) {
        this.#made.push({ error })
        throw error
      }
    }
    const detail = { ...more.detail, pipe: number }
    this.#world.call('maker', {
      op,
      run,
      answers: 'value',
      ...more,
      detail,
      code: `void (subject.pipe${number} = ${code})`,
    })
    return number
  }

  /** Where pipes start by themselves, one that fails and that nobody awaits is for nobody to handle but us. */
  #mind(pipe: number): void {
    if (this.#world.context.policy.start === 'eager')
      this.#world.keep(this.#awaitable(pipe) as PromiseLike<unknown>)
  }

  #work(name: string, { call, gives }: Stage): Work {
    const own =
      gives === 'own'
        ? {}
        : { gives: gives === 'label' ? ([value]: readonly unknown[]) => this.#label(value) : first }
    return { run: this.#world.source(name, [call], own), code: name }
  }

  /** A value that tells its input. */
  #label(value: unknown): string {
    return `f(${typeof value === 'string' ? value : this.#world.note(value).text})`
  }
}

const first = ([value]: readonly unknown[]): unknown => value

/** What stages do in turn, as one function: synchronous as long as they are. */
const composed = ([one, ...others]: readonly Work[]): Work =>
  others.reduce(
    (before, after) => ({
      run: (value) => next(before.run(value), after.run),
      code: `(value) => { const given = (${before.code})(value)
return typeof given?.then === 'function' ? new Promise((...on) => given.then(...on)).then(${after.code}) : (${after.code})(given) }`,
    }),
    one!,
  )

function next(given: unknown, after: (value: unknown) => unknown): unknown {
  if (typeof (given as PromiseLike<unknown> | null | undefined)?.then !== 'function') return after(given)
  const result = new Promise(
    (fulfil, reject) => void (given as PromiseLike<unknown>).then(fulfil, reject),
  ).then(after)
  // The subject may drop it; that must not show as an unhandled rejection of ours.
  result.catch(() => {})
  return result
}
