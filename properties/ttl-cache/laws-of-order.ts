import {
  blame,
  type Context,
  firstBlame,
  type History,
  type Laws,
  type Linearization,
  linearize,
} from '../../src/core/index.js'
import type { TtlCachePolicy } from './contract.js'
import { entries, isLong, refusal, ttlMs } from './entry.js'
import { type Known, once } from './judgement.js'
import { type Happening, operations, sequential } from './sequential.js'

/** Whether the time to live is one that the subject refuses. Whether it may, where that is long, is another law's. */
const refused = (h: History, { ttlZero, ttlInfinity }: TtlCachePolicy): boolean =>
  (ttlMs(h) === 0 && ttlZero === 'throws') ||
  (ttlMs(h) === Number.POSITIVE_INFINITY && ttlInfinity === 'throws') ||
  (isLong(h) && refusal(h) !== undefined)

type Order = Linearization<Happening>
const ordersIn: Known<readonly Order[]> = new WeakMap()

/** How the happenings of each key can be put in order, for keys that were asked for more than once. */
const orders = (h: History, context: Context<TtlCachePolicy>): readonly Order[] =>
  once(ordersIn, h, context.policy, () =>
    refused(h, context.policy)
      ? []
      : entries(h)
          .filter(({ gets }) => gets.length > 1)
          .map((entry) => linearize(sequential(entry, context), operations(entry))),
  )

/** What cannot be explained, as an event and in words. */
function told(happening: Happening | undefined) {
  if (happening?.kind === 'get') {
    const { start, end } = happening.get
    return { event: end, words: `${start.actor} is answered with ${end?.value?.text}` }
  }
  return { event: happening?.kind === 'clear' ? happening.clear.start : undefined, words: 'it was cleared' }
}

/** All of it together. */
export const lawsOfOrder: Laws<TtlCachePolicy> = {
  'linearizable-per-key': {
    level: 'required',
    statement:
      'What clients see of a key, a cache that does one thing after the other could have shown them.',
    source: { kind: 'kit', why: 'docs/ttl-cache.md#linearizable-per-key' },
    hint: 'Look and store in one turn: between an await and what follows it the entry may have changed.',
    appliesWhen: ({ policy }) =>
      policy.failure !== 'swallow' ||
      'gets may be answered with nothing that was loaded (`failure: swallow`)',
    exercised: (h, context) => orders(h, context).some(({ verdict }) => verdict !== 'unknown'),
    violation: (h, context) =>
      firstBlame(orders(h, context), ({ verdict, stuck }) => {
        if (verdict !== 'violated') return undefined
        const { event, words } = told(stuck[0]?.input)
        return blame(`nothing explains that ${words}`, event)
      }),
  },
}
