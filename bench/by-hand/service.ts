import * as fc from 'fast-check'
import type { ServiceAdapter, ServiceHandle } from '../../src/index.js'
import {
  type ByHand,
  fulfilled,
  fulfilling,
  type Plan,
  plans,
  rejected,
  several,
  Trial,
  tells,
} from './trial.js'

type Op = 'get' | 'dispose'
const op = fc.constantFrom<Op[]>('get', 'dispose')

/** What clients do, each one thing after the other, and how `open` and `close` go. */
const scenario = (clients: number, opening: fc.Arbitrary<Plan[]>, closing: fc.Arbitrary<Plan[]>) =>
  fc.record({ clients: several(several(op, 5), clients), opening, closing })

interface Settings {
  readonly clients?: number
  readonly opening?: fc.Arbitrary<Plan[]>
  readonly closing?: fc.Arbitrary<Plan[]>
  /** Looks at the service after each step. */
  look?(service: ServiceHandle<unknown>): unknown
}

const succeeding = several(fulfilling, 3)

const law =
  (
    { clients = 4, opening = succeeding, closing = succeeding, look }: Settings,
    holds: (trial: Trial) => boolean,
  ): ByHand<ServiceAdapter> =>
  (adapter) =>
    fc.asyncProperty(fc.scheduler(), scenario(clients, opening, closing), async (s, drawn) => {
      const trial = new Trial(s)
      const open = trial.source(drawn.opening, 'open')
      const service = await adapter.create(open, trial.source(drawn.closing, 'close') as () => Promise<void>)
      for (const ops of drawn.clients) {
        const steps = ops.map((op) => [op, () => service[op]()] as const)
        trial.client(look ? steps.flatMap((step) => [step, ['look', () => look(service)] as const]) : steps)
      }
      return holds(await trial.over())
    })

/** Users who leave again: some of them without waiting for what they asked for. */
const everyResourceIsClosed: ByHand<ServiceAdapter> = (adapter) =>
  fc.asyncProperty(fc.scheduler(), several(fc.boolean(), 4), async (s, users) => {
    const trial = new Trial(s)
    const plan = { fails: false, value: 'it' }
    const service = await adapter.create(
      trial.source([plan], 'open'),
      trial.source([plan], 'close') as () => Promise<void>,
    )
    for (const hasty of users) {
      const visit = async () => {
        await s.schedule(Promise.resolve())
        const got = trial.use('get', () => service.get())
        await (hasty ? s.schedule(Promise.resolve()) : got)
        await trial.use('dispose', () => service.dispose())
      }
      void visit()
    }
    const { calls } = await trial.over()
    const count = (name: string) => calls.filter(({ source }) => source === name).length
    return count('open') === count('close')
  })

/** Three resources; each may need those before it. */
const dependantsAreClosedFirst: ByHand<ServiceAdapter> = (adapter) =>
  fc.asyncProperty(fc.scheduler(), fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), async (s, bits) => {
    const trial = new Trial(s)
    const plan = [{ fails: false, value: 'it' }]
    const needs = [[], bits[0] ? ['0'] : [], [...(bits[1] ? ['0'] : []), ...(bits[2] ? ['1'] : [])]]
    const nodes = needs.map((needs, name) => ({
      name: String(name),
      needs,
      open: trial.source(plan, 'open'),
      close: trial.source(plan, String(name)) as () => Promise<void>,
    }))
    const graph = await adapter.createGraph!(nodes)
    for (const { name } of nodes) trial.client([['get', () => graph.get(name)]])
    await trial.over()
    trial.client([['dispose', () => graph.dispose()]])
    const { calls } = await trial.over()
    const closing = (name: string) => calls.find(({ source }) => source === name)!
    return nodes.every(({ name, needs }) => needs.every((need) => closing(need).began > closing(name).ended))
  })

export const serviceLaws: Readonly<Record<string, ByHand<ServiceAdapter>>> = {
  'service/dependants-are-closed-first': dependantsAreClosedFirst,
  'service/every-resource-is-closed': everyResourceIsClosed,
  'service/stays-closed-after-a-dispose': law({}, (trial) => {
    const got = trial.of('get').find(fulfilled)
    const over = trial.of('dispose').find(({ began, ended }) => got && began > got.ended && ended < Infinity)
    return trial.of('get').every((use) => !over || use.began < over.ended || rejected(use))
  }),
  'service/opens-again-after-a-dispose': law({ clients: 1, closing: plans }, (trial) =>
    trial.of('get').every(fulfilled),
  ),
  'service/stats-say-whether-it-is-open': law(
    { clients: 1, opening: plans, look: (service) => service.stats?.().initialized },
    ({ uses }) =>
      uses.every((use, index) => {
        const before = uses[index - 1]
        if (use.op !== 'look' || !before) return true
        return tells(use, { fails: false, value: before.op === 'get' && fulfilled(before) })
      }),
  ),
  'service/a-failing-close-is-reported': law({ closing: plans }, (trial) => {
    const failed = trial.calls.filter(({ source, fails }) => source === 'close' && fails)
    return failed.every((call) => trial.of('dispose').some((use) => tells(use, call)))
  }),
}
