import type { World } from '../../src/core/index.js'
import type { CoroutineAdapter, CoroutinePolicy, ManualCoroutine } from './contract.js'
import { Notebook } from './notebook.js'
import type { Instruction, Program } from './program.js'
import { makeWild } from './wild.js'

/** What a body is played on. */
export interface Surroundings {
  readonly world: World<CoroutinePolicy>
  readonly adapter: CoroutineAdapter
  /** Who has it driven: a client. */
  readonly client: string
  /** What it awaits: the next call of the controlled source. `at` numbers the awaits of this body. */
  task(at: number): unknown
  /** The coroutine that it is the body of, where that is driven by hand. */
  handle?(): ManualCoroutine | undefined
}

/** A body as a generator, and the same as JavaScript. */
export interface Body {
  readonly generator: () => Generator<unknown, unknown>
  readonly code: string
}

/** Set where a `return` is on its way out. */
type Ended = { readonly value: unknown } | undefined

/** A generator's own variable: what its last await or delegation gave, and what it returns unless told otherwise. */
interface Frame {
  last: unknown
}

interface Part {
  perform(frame: Frame): Generator<unknown, Ended>
  readonly code: string
}

/** Where an instruction stands: how many generators deep, and in which blocks that clean up. */
interface Place {
  readonly depth: number
  readonly open: readonly number[]
}

/**
 * Turns programs into bodies. Awaits and blocks are numbered as they are written, and not as they are run: a body that is
 * run twice says so.
 */
export class Compiler {
  readonly #around: Surroundings
  readonly #notebook: Notebook
  #awaits = 0
  #blocks = 0

  constructor(around: Surroundings) {
    this.#around = around
    this.#notebook = new Notebook(around.world, around.client)
  }

  body(program: Program): Body {
    const note = this.#notebook.note.bind(this.#notebook)
    const main = this.#generator(program, { depth: 0, open: [] })
    const generator = function* (): Generator<unknown, unknown> {
      note('beginning')
      try {
        const value = yield* main.generator()
        note('return', { value, outcome: 'returned' })
        return value
      } catch (error) {
        note('error', { value: error, outcome: 'threw' })
        throw error
      }
    }
    const code = `function* () {
${this.#notebook.seen('beginning')}()
try {
const value = yield* (${main.code})()
${this.#notebook.seen('return')}(value)
return value
} catch (error) { ${this.#notebook.seen('error')}(error); throw error }
}`
    return { generator, code }
  }

  /** An expression that contains the code of bodies, with what that needs. */
  around(expression: string): string {
    return this.#notebook.around(expression)
  }

  #generator(program: Program, place: Place): Body {
    const part = this.#sequence(program, place)
    const generator = function* (): Generator<unknown, unknown> {
      const frame: Frame = { last: undefined }
      const ended = yield* part.perform(frame)
      return ended ? ended.value : frame.last
    }
    return { generator, code: `function* () {\nlet last\n${part.code}\nreturn last\n}` }
  }

  #sequence(program: Program, place: Place): Part {
    const parts = program.map((instruction) => this.#part(instruction, place))
    return {
      *perform(frame) {
        for (const part of parts) {
          const ended = yield* part.perform(frame)
          if (ended) return ended
        }
        return undefined
      },
      code: parts.map(({ code }) => code).join('\n'),
    }
  }

  #part(instruction: Instruction, place: Place): Part {
    const { world } = this.#around
    switch (instruction.do) {
      case 'await': {
        const at = ++this.#awaits
        return this.#waits(at, 'task', place, { give: () => this.#around.task(at), code: 'task()' })
      }
      case 'await-wild': {
        const at = ++this.#awaits
        const { thenable, code } = makeWild(world, instruction.wild, { of: this.#around.client, at })
        return this.#waits(at, 'thenable', place, { give: () => thenable, code })
      }
      case 'await-value': {
        const value = world.value(instruction.name)
        return this.#waits(
          ++this.#awaits,
          'value',
          place,
          { give: () => value, code: world.note(value).text },
          value,
        )
      }
      case 'yield':
        return this.#waits(++this.#awaits, 'hand', place, undefined)
      case 'reenter':
        return this.#reenters()
      case 'look':
        return this.#looks()
      case 'return': {
        const value = world.value(instruction.name)
        return { perform: once(() => ({ value })), code: `return ${world.note(value).text}` }
      }
      case 'throw':
        return this.#throws(world.reason(instruction.name))
      case 'try':
        return this.#tries(instruction, place)
      case 'delegate':
        return this.#delegates(instruction, place)
    }
  }

  /** Suspends, and writes down how that goes on. Without anything to await, whoever drives the body resumes it. */
  #waits(
    at: number,
    what: string,
    { depth, open }: Place,
    awaited: { readonly give: () => unknown; readonly code: string } | undefined,
    value?: unknown,
  ): Part {
    const note = this.#notebook.note.bind(this.#notebook)
    const { adapter, world } = this.#around
    const detail = {
      at,
      what,
      depth,
      open: open.join(','),
      ...(what === 'value' ? { awaits: world.note(value).id } : {}),
    }
    return {
      *perform(frame) {
        const given = awaited?.give()
        note('suspension', { detail })
        try {
          frame.last = awaited ? yield* suspended(adapter, given) : yield
          note('continuation', { value: frame.last, outcome: 'fulfilled', detail: { at, depth } })
        } catch (error) {
          const typeError = error instanceof TypeError
          note('interruption', { value: error, outcome: 'rejected', detail: { at, depth, typeError } })
          throw error
        }
        return undefined
      },
      code: `last = yield* ${awaited ? `awaited(${awaited.code})` : 'driven()'}`,
    }
  }

  #throws(reason: unknown): Part {
    const perform = once(() => {
      throw reason
    })
    return { perform, code: `throw ${this.#around.world.note(reason).text}` }
  }

  #looks(): Part {
    const perform = once(() => {
      this.#notebook.note('state', { value: this.#around.handle?.()?.state() })
      return undefined
    })
    return { perform, code: `${this.#notebook.seen('state')}(subject.state())` }
  }

  #reenters(): Part {
    const perform = once(() => {
      this.#notebook.note('reentry')
      try {
        this.#around.handle?.()?.send()
      } catch (error) {
        this.#notebook.note('refusal', { value: error, outcome: 'threw' })
        return undefined
      }
      this.#notebook.note('admission')
      return undefined
    })
    const code = `${this.#notebook.seen('reentry')}()
try { subject.send(); ${this.#notebook.seen('admission')}() } catch (error) { ${this.#notebook.seen('refusal')}(error) }`
    return { perform, code }
  }

  #tries({ block, catches, cleanUp }: Extract<Instruction, { do: 'try' }>, { depth, open }: Place): Part {
    const id = ++this.#blocks
    const inside = this.#sequence(block, { depth, open: [...open, id] })
    const after = this.#sequence(cleanUp, { depth, open })
    const note = this.#notebook.note.bind(this.#notebook)
    return {
      *perform(frame) {
        try {
          return yield* inside.perform(frame)
        } catch (error) {
          if (!catches) throw error
          note('catch', { value: error })
          return undefined
        } finally {
          note('finally', { detail: { block: id } })
          yield* after.perform(frame)
        }
      },
      code: `try {
${inside.code}
} ${catches ? `catch (error) { ${this.#notebook.seen('catch')}(error) } ` : ''}finally {
${this.#notebook.seen('finally')}()
${after.code}
}`,
    }
  }

  #delegates(
    { block, depth: levels }: Extract<Instruction, { do: 'delegate' }>,
    { depth, open }: Place,
  ): Part {
    const inner = this.#generator(block, { depth: depth + levels, open })
    return {
      *perform(frame) {
        frame.last = yield* nest(levels, inner.generator)
        return undefined
      },
      code: `last = yield* nest(${levels}, ${inner.code})`,
    }
  }
}

/** A part that does not suspend. */
const once = (act: () => Ended) =>
  // biome-ignore lint/correctness/useYield: a part is a generator, whether it suspends or not
  function* (): Generator<unknown, Ended> {
    return act()
  }

function* nest(depth: number, block: () => Generator<unknown, unknown>): Generator<unknown, unknown> {
  return yield* depth > 1 ? nest(depth - 1, block) : block()
}

/** What a subject gives to delegate to is an iterable by contract; what it gives back is known to it alone. */
const suspended = (adapter: CoroutineAdapter, given: unknown): Iterable<unknown, unknown, unknown> =>
  adapter.suspend(given as PromiseLike<unknown>) as Iterable<unknown, unknown, unknown>
