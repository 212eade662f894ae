import type { Scenario, Wait } from '../properties/ttl-cache/play.js'
import { Cached, memo as cachedByKey, Lazy } from '../src/awaitables/index.js'
import { check, lazy, memo, type Suite, ttlCache } from '../src/index.js'
import { compare, type Figure, figure, type Side } from './measure.js'

const lazySuite = lazy({ name: 'Lazy', create: (factory) => new Lazy(factory) })

/** How many schedules are saved by taking those for one that make no difference. */
const saved = (name: string, reduced: number, all: number, complete: boolean): Figure => {
  const factor = all / reduced
  const of = `${name}: schedules, of ${all} without symmetry`
  return { ...figure(of, reduced, 'schedules', factor, 1), met: complete && factor > 1 }
}

/** Everything that five clients and two failures can do to a lazy value, with and without symmetry. */
async function symmetry(): Promise<Figure> {
  const scope = { clients: 5, failures: 2 }
  const { schedules: all } = await check(lazySuite, { exhaustive: true, scope, reduce: false })
  const { schedules: once } = await check(lazySuite, { exhaustive: true, scope })
  return saved('lazy, 5 clients, 2 failures', once.explored, all.explored, all.complete && once.complete)
}

/**
 * Two clients for each of three keys, whose loads are independent of one another. Without symmetry that is too much to
 * play in a benchmark: it is counted, and the same count is held against all schedules of two keys, which are played.
 */
async function independence(): Promise<Figure> {
  const suite = memo({ name: 'memo', create: (load) => cachedByKey(load) })
  const played = (keys: number, reduce: boolean) =>
    check(suite, { exhaustive: true, scope: { clients: 2, keys }, reduce })
  const { schedules: once } = await played(3, true)
  const { schedules: ofTwo } = await played(2, false)
  const complete = once.complete && ofTwo.complete && ofTwo.explored === ordersOf(2)
  return saved('memo, 3 keys, 2 clients each', once.explored, ordersOf(3), complete)
}

/**
 * The orders of two gets and a load for each of so many keys: of one key there are four, as its load comes after the first
 * of its gets, and those of several keys interleave in every way.
 */
const ordersOf = (keys: number): number => (4 ** keys * factorial(3 * keys)) / factorial(3) ** keys

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

/** Schedules of a lazy value enumerated per second, against the same orders played by bare code. */
async function enumeratedLazy(): Promise<Figure> {
  const [clients, failures] = [5, 2]
  const ours: Side = async () => {
    const scope = { clients, failures }
    return (await check(lazySuite, { exhaustive: true, scope, reduce: false })).schedules.explored
  }
  const bare: Side = () => everyOrder((picks) => playLazy(picks, clients, failures))
  // Bare code is to be at most four times as fast.
  const { rate, ratio } = await compare(ours, bare)
  return figure('lazy: schedules enumerated, against bare code', rate, 'schedules/s', ratio, 0.25)
}

const TTL_MS = 10
/** When each client comes: at once, and when what was loaded at once has just expired. */
const INSTANTS_MS = [1, 1 + TTL_MS]

/** The same for a cache with expiry: three clients, each of whom comes at once and when the value has expired. */
async function enumeratedCache(): Promise<Figure> {
  const clients = 3
  const suite = alone(
    ttlCache({
      name: 'Cached',
      create(load, { ttlMs }) {
        const cached = new Cached(() => load(undefined), { ttlMs })
        return { get: () => cached.get() }
      },
      policy: { keyed: false, clock: 'monotonic' },
    }),
    'deadlines',
    comingTwice(clients),
  )
  const ours: Side = async () => (await check(suite, { exhaustive: true, reduce: false })).schedules.explored
  const bare: Side = () => everyOrder((picks) => playCache(picks, clients))
  const [enumerated, played] = [await ours(), await bare()]
  if (enumerated !== played) throw new Error(`${enumerated} schedules are not the ${played} of bare code`)
  const { rate, ratio } = await compare(ours, bare)
  return figure('ttl-cache: schedules enumerated, against bare code', rate, 'schedules/s', ratio, 0.25)
}

function comingTwice(clients: number): Scenario {
  const none: Wait = { ttls: 0, loads: 0, units: 0 }
  const get = (wait: Wait) => ({ op: 'get' as const, key: 0, wait, inject: 0 })
  return {
    ttlMs: TTL_MS,
    epochMs: 0,
    loadTime: none,
    loads: [{ give: 'promise', outcome: 'fulfil', value: 'fresh', slow: 1 }],
    clients: Array.from({ length: clients }, () => [get(none), get({ ...none, ttls: 1 })]),
    jumps: [],
  }
}

/** A suite whose one small scenario this is; laws that judge every history stay, those with scenarios of their own go. */
function alone(suite: Suite, kind: string, scenario: unknown): Suite {
  const [own, ...others] = suite.parts
  const kinds = { [kind]: { ...own!.protocol.kinds[kind]!, scope: () => [scenario] } }
  const part = { ...own!, protocol: { ...own!.protocol, kinds } }
  const judging = others.filter(({ protocol }) => Object.keys(protocol.kinds).length === 0)
  const laws = suite.laws.flatMap((entry) => {
    if (entry.part === own) return [{ ...entry, part }]
    return judging.includes(entry.part) ? [entry] : []
  })
  return { ...suite, parts: [part, ...judging], laws }
}

type Play = (picks: readonly number[]) => Promise<readonly number[]>

/** Plays every order there is, depth first. A play is told what to pick, and says how much there was to pick from. */
async function everyOrder(play: Play): Promise<number> {
  let count = 0
  const queue: number[][] = [[]]
  for (let picks = queue.pop(); picks; picks = queue.pop()) {
    const arities = await play(picks)
    count++
    for (let at = picks.length; at < arities.length; at++) {
      for (let pick = 1; pick < arities[at]!; pick++) {
        queue.push([...picks, ...Array<number>(at - picks.length).fill(0), pick])
      }
    }
  }
  return count
}

const ignore = (): void => {}

/** Clients come and flights end in the order that is picked, on a new lazy value, judged by hand for single flight. */
async function playLazy(
  picks: readonly number[],
  clients: number,
  failures: number,
): Promise<readonly number[]> {
  const pending: (() => void)[] = []
  let calls = 0
  let open = 0
  let overlap = false
  const subject = new Lazy(() => {
    const fails = calls++ < failures
    if (++open > 1) overlap = true
    return new Promise<number>((resolve, reject) => {
      pending.push(() => {
        open--
        if (fails) reject(new Error('no'))
        else resolve(calls)
      })
    })
  })
  const arities: number[] = []
  let left = clients
  for (let at = 0; left > 0 || pending.length > 0; at++) {
    const pick = picks[at] ?? 0
    arities.push(left + pending.length)
    if (pick < left) {
      left--
      subject.then(ignore, ignore)
    } else {
      pending.splice(pick - left, 1)[0]!()
    }
    for (let n = 0; n < 4; n++) await null
  }
  if (overlap) throw new Error('two at once')
  return arities
}

/**
 * The same for a cached value. Clients come at their time or later, a load ends whenever it likes, and the clock moves to
 * the next who is to come, at the latest when nothing else is left to do.
 */
async function playCache(picks: readonly number[], clients: number): Promise<readonly number[]> {
  const { now } = performance
  let nowMs = 0
  performance.now = () => nowMs
  try {
    const actions: { readonly dueMs: number; readonly run: () => void }[] = []
    let open = 0
    let overlap = false
    const load = () =>
      new Promise<number>((resolve) => {
        if (++open > 1) overlap = true
        const end = () => {
          open--
          resolve(nowMs)
        }
        actions.push({ dueMs: nowMs, run: end })
      })
    const subject = new Cached(load, { ttlMs: TTL_MS })
    const come = ([dueMs, ...others]: readonly number[]) => {
      if (dueMs === undefined) return
      actions.push({ dueMs, run: () => void subject.get().then(() => come(others), ignore) })
    }
    for (let client = 0; client < clients; client++) come(INSTANTS_MS)
    const arities: number[] = []
    while (actions.length > 0) {
      const due = actions.filter(({ dueMs }) => dueMs <= nowMs)
      const waits = due.length < actions.length
      const pick = picks[arities.length] ?? 0
      arities.push(due.length + (waits ? 1 : 0))
      const action = due[pick]
      if (action) {
        actions.splice(actions.indexOf(action), 1)
        action.run()
      } else {
        nowMs = Math.min(...actions.filter(({ dueMs }) => dueMs > nowMs).map(({ dueMs }) => dueMs))
      }
      for (let n = 0; n < 6; n++) await null
    }
    if (overlap) throw new Error('two at once')
    return arities
  } finally {
    performance.now = now
  }
}

/** How much there is to enumerate, and how fast that goes. */
export const enumerationFigures = async (): Promise<Figure[]> => [
  await symmetry(),
  await independence(),
  await enumeratedLazy(),
  await enumeratedCache(),
]
