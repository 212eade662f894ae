import {
  AdapterError,
  isThenable,
  type SourceCall,
  type Step,
  type Traits,
  type World,
} from '../../src/core/index.js'
import type { LockAdapter, LockHandle, LockPolicy } from './contract.js'

/** When the signal of an acquire aborts, and with what. */
export interface Abort {
  /** Before the call, or so many ms after it, or not at all. */
  readonly when: 'before' | 'never' | number
  /** How many microtasks into the drain before it. */
  readonly inject: number
  readonly reason: string
}

/** One turn of a client: it asks for a permit, holds it, and gives it back. */
export interface Turn {
  readonly op: 'acquire' | 'run'
  /** How many microtasks into the drain before it the client asks. */
  readonly inject: number
  readonly holdMs: number
  /** How the work goes that is run. */
  readonly work: SourceCall
  /** How often it releases once more than it should. */
  readonly extra: number
  /** Whether the client's next turn begins in the very turn of the last release. */
  readonly atOnce: boolean
  readonly abort: Abort | null
}

export interface Scenario {
  readonly permits: number
  readonly timeoutMs: number | null
  readonly clients: readonly (readonly Turn[])[]
}

export const CLIENTS = ['A', 'B', 'C', 'D', 'E']
/** What a client is told to have got: the permit itself is a function, which no report could show. */
const PERMIT = 'permit'

const optionsOf = ({ permits, timeoutMs }: Scenario) => ({ permits, ...(timeoutMs ? { timeoutMs } : {}) })

const codeOf = ({ permits, timeoutMs }: Scenario): string =>
  `adapter.create({ permits: ${permits}${timeoutMs ? `, timeoutMs: ${timeoutMs}` : ''} })`

export function drive(world: World<LockPolicy>, adapter: LockAdapter, scenario: Scenario): void {
  // Nobody can judge a run by eye who does not know how many permits there are.
  world.record({ type: 'act', actor: 'world', op: 'begins', detail: optionsOf(scenario), code: 'void 0' })
  world.open(
    () => adapter.create(optionsOf(scenario)),
    codeOf(scenario),
    (made) => {
      const handle = checked(world, adapter, made)
      for (const [index, turns] of scenario.clients.entries()) {
        const name = CLIENTS[index] ?? `C${index}`
        const first = new Client(world, handle, scenario, name, turns).turn(0)
        if (first) world.client(name, [first], JSON.stringify(turns))
      }
    },
  )
}

function checked(world: World<LockPolicy>, adapter: LockAdapter, made: unknown): LockHandle<unknown> {
  const handle = made as LockHandle<unknown> | null | undefined
  if (typeof handle?.acquire === 'function' || typeof handle?.run === 'function') return handle
  throw new AdapterError(
    `\`create\` of ${adapter.name} must return a handle with \`acquire\` or \`run\`, not ${world.note(made).text}`,
  )
}

/** Takes its turns one after the other; each begins when the one before it is over, however it ended. */
class Client {
  readonly #facts: { readonly permits: number; readonly timeoutMs?: number }

  constructor(
    readonly world: World<LockPolicy>,
    readonly handle: LockHandle<unknown>,
    scenario: Scenario,
    readonly name: string,
    readonly turns: readonly Turn[],
  ) {
    this.#facts = optionsOf(scenario)
  }

  /** The step that asks for a permit; what follows it is decided by the answer. */
  turn(index: number): Step | undefined {
    const turn = this.turns[index]
    return turn && (turn.op === 'run' ? this.#run(index, turn) : this.#acquire(index, turn))
  }

  #then(steps: readonly (Step | undefined)[], mark: string): void {
    this.world.client(
      this.name,
      steps.filter((step) => step !== undefined),
      `${this.name}/${mark}`,
    )
  }

  #acquire(index: number, turn: Turn): Step {
    const { abort, inject } = turn
    const name = `signal${this.name}${index + 1}`
    const controller = abort && this.world.signal(name)
    const handed = controller ? `${name}.signal` : ''
    const code = `subject.acquire(${handed}).then((release) => { given.release${this.name} = release; return '${PERMIT}' })`
    const run = (id: number) => {
      if (controller && abort.when !== 'before') this.#abort(controller, name, abort)
      return answered(() => this.handle.acquire!(controller?.signal), {
        grant: (release) => this.#hold(index, turn, id, release),
        leave: () => this.#then([this.turn(index + 1)], `${index}`),
      })
    }
    if (controller && abort?.when === 'before') this.#abort(controller, name, abort)
    const detail = { ...this.#facts, ...(controller ? { signal: name } : {}) }
    return { op: 'acquire', run, inject, detail, code }
  }

  #abort(controller: AbortController, name: string, { when, inject, reason: named }: Abort): void {
    if (when === 'never') return
    const { world } = this
    const reason = world.reason(named)
    const value = world.note(reason)
    const code = `${name}.abort(${value.text})`
    const abort = () => controller.abort(reason)
    if (when !== 'before') {
      world.act(`abort ${name}`, abort, { dueMs: world.nowMs + when, inject, value, code })
      return
    }
    world.record({ type: 'act', actor: 'world', op: `abort ${name}`, value, code })
    abort()
  }

  #hold(index: number, turn: Turn, id: number, release: unknown): void {
    const { world, name } = this
    if (typeof release !== 'function') {
      world.fatal ??= new AdapterError(
        `\`acquire\` must give a function that releases, not ${world.note(release).text}`,
      )
      return
    }
    const step: Step = {
      op: 'release',
      run: () => release(),
      dueMs: world.nowMs + turn.holdMs,
      detail: { ...this.#facts, of: id },
      code: `given.release${name}()`,
    }
    const again = Array.from({ length: turn.extra }, () => step)
    const next = this.turn(index + 1)
    this.#then([step, ...again, next && { ...next, sameTurn: turn.atOnce }], `${index}`)
  }

  #run(index: number, { inject, work, holdMs }: Turn): Step {
    const source = `work${this.name}${index + 1}`
    const fn = this.world.source(source, [holdMs > 0 ? { ...work, afterMs: holdMs } : work])
    const next = () => this.#then([this.turn(index + 1)], `${index}`)
    return {
      op: 'run',
      run: () => answered(() => this.handle.run!(() => fn()), { leave: next }),
      inject,
      from: source,
      detail: this.#facts,
      code: `subject.run(() => ${source}())`,
    }
  }
}

/** What a client does once it is answered. */
interface Follower {
  /** It has a permit, and this should be its release. */
  grant?(release: unknown): void
  /** It has none, or has none any more. */
  leave(): void
}

/** A client's look at what the subject promises: subscribed to once, and followed by what the client does then. */
function answered(ask: () => unknown, { grant, leave }: Follower): unknown {
  let promised: unknown
  try {
    promised = ask()
  } catch (error) {
    leave()
    throw error
  }
  if (!isThenable(promised)) {
    leave()
    return promised
  }
  const { then } = promised
  return {
    then: (tell: (value: unknown) => void, fail: (reason: unknown) => void) =>
      then.call(
        promised,
        (value) => {
          tell(grant ? PERMIT : value)
          if (grant) grant(value)
          else leave()
        },
        (reason) => {
          fail(reason)
          leave()
        },
      ),
  }
}

/** Which of the two ways to take a permit the subject has. */
export const examine = (world: World<LockPolicy>, adapter: LockAdapter): Traits | PromiseLike<Traits> =>
  world.open(
    () => adapter.create({ permits: 1 }),
    'adapter.create({ permits: 1 })',
    (made) => {
      const { acquire, run } = checked(world, adapter, made)
      return { acquire: typeof acquire === 'function', run: typeof run === 'function' }
    },
  )
