/**
 * Whether a concurrent history can be explained by its operations happening one after the other: the search of Wing and
 * Gong, which remembers what it has tried as Lowe's does.
 *
 * An operation takes effect at one instant between its call and its return. So, of all operations still to be placed,
 * one may come next if it was called before any of the others returned. The search tries these in turn, and a model says
 * what each would do.
 */

/** One operation of a history. Positions are any numbers that order its events: sequence numbers, or times. */
export interface Operation<I> {
  /** What was asked for, and what the answer was: all that the model needs. */
  readonly input: I
  /** Position of its call. */
  readonly call: number
  /** Position of its return; `Infinity` where it never returned. */
  readonly return: number
  /** It may have had no effect at all, as one that never returned. Default false: it did take effect. */
  readonly optional?: boolean
}

/** What operations do when they happen one after the other: a struct of pure functions. */
export interface Model<S, I> {
  readonly initial: S
  /** Every state that an operation may lead to; none where it cannot have happened in this one. */
  step(state: S, input: I): readonly S[]
  /** Two states with the same key are the same state. */
  keyOf(state: S): string
}

/** What the search found. `unknown` means that it was given up, and says nothing either way. */
export interface Linearization<I> {
  readonly verdict: 'holds' | 'violated' | 'unknown'
  /** An order that explains the history; where there is none, the longest beginning of one. */
  readonly order: readonly Operation<I>[]
  /** The operations that could have come next and cannot be explained; none where the law holds. */
  readonly stuck: readonly Operation<I>[]
}

/** One more operation is placed than in the node before it. */
interface Node<S, I> {
  readonly state: S
  /** One bit for each operation that is placed. */
  readonly placed: bigint
  readonly before: Node<S, I> | undefined
  readonly operation: Operation<I> | undefined
  /** How many of those placed did take effect for sure. */
  readonly certain: number
  /** Position of the last call among those placed: what had returned before it comes too late. */
  readonly calledMax: number
}

/**
 * Looks for an order of all operations, optional ones at will, that agrees with their calls and returns and that the model
 * allows. It gives up after `maxSteps` steps of the model.
 */
export function linearize<S, I>(
  model: Model<S, I>,
  history: readonly Operation<I>[],
  maxSteps = 20_000,
): Linearization<I> {
  const operations = history.toSorted((a, b) => a.call - b.call)
  const mandatory = operations.reduce(
    (mask, { optional }, index) => (optional ? mask : mask | bit(index)),
    0n,
  )
  const first: Node<S, I> = {
    state: model.initial,
    placed: 0n,
    before: undefined,
    operation: undefined,
    certain: 0,
    calledMax: Number.NEGATIVE_INFINITY,
  }
  const tried = new Set<string>()
  const open = [first]
  let longest = first
  let steps = 0
  for (let node = open.pop(); node; node = open.pop()) {
    if ((node.placed & mandatory) === mandatory) return { verdict: 'holds', order: order(node), stuck: [] }
    if (node.certain > longest.certain) longest = node
    // The last one pushed is tried first: the one that was called first, as histories are mostly sequential.
    for (const index of next(operations, node).reverse()) {
      if (++steps > maxSteps) return { verdict: 'unknown', order: order(longest), stuck: [] }
      const operation = operations[index]!
      for (const state of model.step(node.state, operation.input)) {
        const placed = node.placed | bit(index)
        const key = `${placed}:${model.keyOf(state)}`
        if (tried.has(key)) continue
        tried.add(key)
        const calledMax = Math.max(node.calledMax, operation.call)
        const certain = node.certain + (operation.optional ? 0 : 1)
        open.push({ state, placed, before: node, operation, certain, calledMax })
      }
    }
  }
  const stuck = next(operations, longest).map((index) => operations[index]!)
  return { verdict: 'violated', order: order(longest), stuck: stuck.filter(({ optional }) => !optional) }
}

const bit = (index: number): bigint => 1n << BigInt(index)

/** Indices of the operations that may come next. They are in the order of their calls, so that few are looked at. */
function next<S, I>(operations: readonly Operation<I>[], { placed, calledMax }: Node<S, I>): number[] {
  const found: number[] = []
  let firstReturn = Number.POSITIVE_INFINITY
  for (const [index, operation] of operations.entries()) {
    if (operation.call >= firstReturn) break
    if ((placed & bit(index)) !== 0n) continue
    if (!operation.optional) firstReturn = Math.min(firstReturn, operation.return)
    if (operation.return > calledMax) found.push(index)
  }
  return found.filter((index) => operations[index]!.call < firstReturn)
}

function order<S, I>(last: Node<S, I>): readonly Operation<I>[] {
  const found: Operation<I>[] = []
  for (let node: Node<S, I> | undefined = last; node?.operation; node = node.before)
    found.push(node.operation)
  return found.reverse()
}
