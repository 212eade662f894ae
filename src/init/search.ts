import type { Adapter, AnyProtocol } from '../core/protocol.js'
import { adapterText } from './laws-file.js'
import type { Look } from './look.js'
import type { Unchecked } from './plain-use.js'
import { type Declared, type Shape, words } from './shape.js'
import { KNOWN, type Known } from './shapes.js'
import { attempt, type Bench, declare, FEW_RUNS, RUNS_OF_A_CHECK, type Trial } from './trial.js'

/** What an export was tried as. */
export interface Fit {
  readonly protocol: string
  readonly fits: boolean
  /** Keeps the laws that set subjects of the protocol apart. */
  readonly marked: boolean
  /** Why it does not fit, where it does not. */
  readonly why?: string
  readonly held: number
  readonly broken: readonly string[]
  readonly members: readonly string[]
  readonly policy: Declared
  readonly rank: number
}

/** Turns texts of adapters into adapters: the very texts that are written in the end. */
export type Evaluate = (
  name: string,
  subject: unknown,
  texts: readonly string[],
) => Promise<readonly Adapter[]>

/** What is known of an export, and what is asked of it. */
export interface Sought {
  /** What it is called in the file, and in reports. */
  readonly name: string
  readonly subject: string
  readonly typed: boolean
  /** Try no other. */
  readonly protocol?: string
}

/** Of the laws that were exercised, how many must hold: a subject with a bug keeps most of them. */
const FIT = 0.6
/** What a telling name weighs, and that a protocol asks for more than another. */
const NAMED = 0.3
const SPECIFIC = 0.1
/** What much code asks of the functions that it is given, without saying so. */
const RESTRICTIONS: readonly (readonly [key: string, value: string | number])[] = [
  ['source', 'promise'],
  ['reasons', 'errors'],
  ['syncThrow', 'throw'],
  ['capacity', 1],
]

/** A shape under the policy that it was tried with. */
interface Tried {
  readonly shape: Shape
  readonly adapter: Adapter
  /** What had to be asked of sources, beside what the shape declares. */
  readonly asked: Declared
  readonly policy: Declared
  readonly trial: Trial
  /** The shape that this one says more than. */
  readonly before?: Tried
}

/** Looks for the protocols that an export fits, and for the adapter that fits best of each. */
export class Search {
  constructor(
    readonly bench: Bench,
    readonly look: Look,
    readonly value: unknown,
    readonly sought: Sought,
    readonly evaluate: Evaluate,
  ) {}

  async run(): Promise<readonly Fit[]> {
    const fits = new Map<string, Fit>()
    const adapters = new Map<string, Tried>()
    // The least specific first: some are worth a trial only where another one fits.
    for (const [name, known] of Object.entries(KNOWN).reverse()) {
      if (this.sought.protocol !== undefined && name !== this.sought.protocol) continue
      const before = (known.after ?? []).flatMap((each) => fits.get(each) ?? [])
      if (before.length > 0 && !before.some(({ marked }) => marked)) continue
      const protocol = this.#protocol(name)
      const shapes = known.shapes(this.look, words(this.sought.name, this.sought.typed))
      const best = await this.#best(protocol, known, shapes)
      if (!best) continue
      adapters.set(name, best)
      fits.set(name, await this.#fit(protocol, known, best))
    }
    const [best, ...others] = [...fits.values()].sort(
      (a, b) => Number(b.fits) - Number(a.fits) || b.rank - a.rank,
    )
    if (!best) return []
    return [best.fits ? await this.#confirmed(best, adapters.get(best.protocol)!) : best, ...others]
  }

  /**
   * Checks what is to be written as it is to be written, and as thoroughly as it will be when it runs. What only seemed to be
   * an option that is taken shows then, and is left out.
   */
  async #confirmed(fit: Fit, tried: Tried): Promise<Fit> {
    const protocol = this.#protocol(fit.protocol)
    let best = await this.#thorough(protocol, fit.members, fit.policy)
    if (!best) return fit
    for (let { before } = tried; before && best.trial.broken.length > 0; before = before.before) {
      const other = await this.#thorough(protocol, before.shape.members, before.policy)
      if (!other || net(other) <= net(best)) break
      best = other
    }
    const { members, policy, trial } = best
    return { ...fit, members, policy, held: trial.held, broken: trial.broken }
  }

  async #thorough(protocol: AnyProtocol, members: readonly string[], declared: Declared) {
    const [adapter] = await this.#adapters([{ members, policy: declared }])
    const trial = await attempt(this.bench, protocol, adapter!, RUNS_OF_A_CHECK)
    if (!trial) return undefined
    return { members, ...(await declare(this.bench, protocol, adapter!, trial, RUNS_OF_A_CHECK)) }
  }

  #protocol(name: string): AnyProtocol {
    return this.bench.catalogue.protocols.find((each) => each.name === name)!
  }

  /** The shape that fits best, and what says more of the same as long as that fits no less. */
  async #best(
    protocol: AnyProtocol,
    known: Known,
    shapes: Iterable<Shape>,
    before?: Tried,
  ): Promise<Tried | undefined> {
    const all = [...shapes]
    const adapters = await this.#adapters(all)
    let best: Tried | undefined
    let failed: readonly [Shape, Adapter] | undefined
    for (const [index, shape] of all.entries()) {
      const adapter = adapters[index]!
      const tried = await this.#try(protocol, shape, adapter, before?.asked ?? {})
      if (!tried) failed ??= [shape, adapter]
      else if (!best || net(tried) > net(best)) best = tried
      if (best && isPerfect(best.trial) && !best.shape.more) break
    }
    if (best) best = await this.#restricted(protocol, best)
    else if (failed) best = await this.#rescued(protocol, failed)
    if (!best || (before && net(best) < net(before))) return before
    if (before) best = { ...best, before }
    const more = judge(best.trial, known).marked || this.#named(known) ? best.shape.more?.() : undefined
    return more ? this.#best(protocol, known, more, best) : best
  }

  #named({ names }: Known): boolean {
    return names.test(this.sought.name)
  }

  #adapters(shapes: readonly Pick<Shape, 'members' | 'policy'>[]): Promise<readonly Adapter[]> {
    const texts = shapes.map(({ members, policy = {} }) => adapterText(this.sought.subject, members, policy))
    return this.evaluate(this.sought.name, this.value, texts)
  }

  async #try(
    protocol: AnyProtocol,
    shape: Shape,
    adapter: Adapter,
    asked: Declared,
  ): Promise<Tried | undefined> {
    const policy = { ...asked, ...shape.policy }
    const trial = await attempt(this.bench, protocol, { ...adapter, policy }, FEW_RUNS)
    return trial && { shape, adapter, asked, policy, trial }
  }

  /** Asks no more of sources than makes a difference. */
  async #restricted(protocol: AnyProtocol, first: Tried): Promise<Tried> {
    let best = first
    const open = new Set(RESTRICTIONS.filter(([key]) => key in protocol.policies && !(key in best.policy)))
    for (let better = true; better; ) {
      better = false
      for (const restriction of open) {
        if (best.trial.broken.length === 0) return best
        const asked = { ...best.asked, ...Object.fromEntries([restriction]) }
        const tried = await this.#try(protocol, best.shape, best.adapter, asked)
        if (!tried || net(tried) <= net(best)) continue
        best = tried
        better = open.delete(restriction)
      }
    }
    return best
  }

  /** What fits no contract as it is may do so where sources give promises alone. */
  async #rescued(
    protocol: AnyProtocol,
    [shape, adapter]: readonly [Shape, Adapter],
  ): Promise<Tried | undefined> {
    if (!('source' in protocol.policies)) return undefined
    const tried = await this.#try(protocol, shape, adapter, { source: 'promise' })
    return tried && this.#restricted(protocol, tried)
  }

  async #fit(protocol: AnyProtocol, known: Known, tried: Tried): Promise<Fit> {
    const { shape, policy, trial, adapter } = tried
    const first = judge(trial, known)
    const named = this.#named(known)
    const worth = first.sound && (first.marked || named)
    const settled = worth
      ? await declare(this.bench, protocol, { ...adapter, policy }, trial, FEW_RUNS)
      : { policy, trial }
    const { held, broken } = settled.trial
    const { marked, met, quality } = judge(settled.trial, known)
    const plain = !marked && met && (await known.plainly?.(adapter as Adapter & Unchecked)) === true
    // Its plain use, or whoever asks, says what it is meant to be, however much of that it breaks.
    const meant = plain || this.sought.protocol !== undefined
    const why = misfit(settled.trial, known, { meant, named })
    const order = Object.keys(KNOWN)
    return {
      protocol: protocol.name,
      fits: why === undefined,
      ...(why ? { why } : {}),
      marked: marked || plain,
      held,
      broken,
      members: shape.members,
      policy: settled.policy,
      rank: quality + (named ? NAMED : 0) + SPECIFIC * (1 - order.indexOf(protocol.name) / order.length),
    }
  }
}

/** What a trial says: whether it was one at all, whether it shows what sets the protocol apart, and how much holds. */
function judge({ own, broken }: Trial, { marks }: Known) {
  const judged = own.held.length + own.broken.length
  const answered = !broken.includes('hygiene/every-client-answered')
  const met = judged > own.idle
  const missing = marks.find((group) => !group.some((law) => own.held.includes(law)))?.[0]
  const quality = own.held.length / Math.max(1, judged)
  return { answered, met, missing, sound: met && answered, marked: met && answered && !missing, quality }
}

/** Why something is not taken for a subject of a protocol; a mark may be missing where something else says what it is. */
function misfit(
  trial: Trial,
  known: Known,
  { meant, named }: { readonly meant: boolean; readonly named: boolean },
): string | undefined {
  const { met, answered, missing, quality } = judge(trial, known)
  if (!met) return 'most of its laws were not even met'
  if (!answered) return 'callers wait for ever'
  if (missing && !meant && !named) return `not ${missing}`
  return quality < FIT && !meant ? 'it breaks too many of its own' : undefined
}

const isPerfect = ({ broken, unadvised, own }: Trial): boolean =>
  broken.length === 0 && unadvised === 0 && own.idle === 0

/** How well something fits: what it breaks weighs more than what it keeps, and what must be declared weighs a little. */
const net = ({ trial: { own, broken, unadvised }, policy }: Pick<Tried, 'trial' | 'policy'>): number =>
  own.held.length - own.idle - 2 * broken.length - 0.5 * unadvised - 0.25 * Object.keys(policy).length
