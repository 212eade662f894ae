import * as fc from 'fast-check'

/** How a call of a source goes. */
export interface Plan {
  readonly fails: boolean
  readonly value: unknown
}

/** A call of a source, with the instants at which it began and ended, counted over the run. */
export interface Call extends Plan {
  readonly source: string
  readonly args: readonly unknown[]
  readonly began: number
  ended: number
}

/** Something that a client did with the subject, and what came of it; `Infinity` is never. */
export interface Use {
  readonly op: string
  readonly began: number
  ended: number
  answer: PromiseSettledResult<unknown> | undefined
}

/** A property for any subject with the adapter of a protocol. */
export type ByHand<A> = (adapter: A) => fc.IAsyncProperty<unknown>

export const fulfilling: fc.Arbitrary<Plan> = fc.record({ fails: fc.constant(false), value: fc.anything() })
const plan: fc.Arbitrary<Plan> = fc.record({ fails: fc.boolean(), value: fc.anything() })

export const several = <T>(one: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: 1, maxLength })

/** How the calls of a source go, one after the other; the last stands for all further ones. */
export const plans = several(plan, 3)

/** One run under fast-check's scheduler: sources settle and clients come when it says so, and all is noted. */
export class Trial {
  readonly calls: Call[] = []
  readonly uses: Use[] = []
  #now = 0

  constructor(readonly s: fc.Scheduler) {}

  /** The next instant. */
  tick(): number {
    return ++this.#now
  }

  /** A source whose calls settle when the scheduler says so. */
  source(plans: readonly Plan[], source = 'source') {
    let count = 0
    return (...args: unknown[]): Promise<unknown> => {
      const plan = plans[Math.min(count++, plans.length - 1)]!
      const call: Call = { ...plan, source, args, began: this.tick(), ended: Infinity }
      this.calls.push(call)
      return this.s.schedule(Promise.resolve()).then(() => {
        call.ended = this.tick()
        if (plan.fails) throw plan.value
        return plan.value
      })
    }
  }

  /** A client who does one thing after the other, each when the scheduler says so. */
  client(steps: readonly (readonly [op: string, ask: () => unknown])[]): void {
    const all = async () => {
      for (const [op, ask] of steps) {
        await this.s.schedule(Promise.resolve(op))
        await this.use(op, ask)
      }
    }
    void all()
  }

  /** Asks the subject for something, and notes what comes of it. */
  async use(op: string, ask: () => unknown): Promise<Use> {
    const use: Use = { op, began: this.tick(), ended: Infinity, answer: undefined }
    this.uses.push(use)
    const [answer] = await Promise.allSettled([new Promise((resolve) => resolve(ask()))])
    use.answer = answer
    use.ended = this.tick()
    return use
  }

  /** The uses of one kind. */
  of(op: string): readonly Use[] {
    return this.uses.filter((use) => use.op === op)
  }

  /** Resolves when nothing is left that the scheduler could do. */
  async over(): Promise<this> {
    await this.s.waitIdle()
    return this
  }
}

export const fulfilled = ({ answer }: Use): boolean => answer?.status === 'fulfilled'
export const rejected = ({ answer }: Use): boolean => answer?.status === 'rejected'

/** Whether a client was told the very outcome of a call. */
export const tells = ({ answer }: Use, { fails, value }: Plan): boolean =>
  answer?.status === 'rejected'
    ? fails && Object.is(answer.reason, value)
    : answer !== undefined && !fails && Object.is(answer.value, value)
