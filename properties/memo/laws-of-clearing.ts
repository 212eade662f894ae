import {
  blame,
  firstBlame,
  type History,
  type Laws,
  openAt,
  type Span,
  settledAs,
} from '../../src/core/index.js'
import type { MemoPolicy } from './contract.js'
import { entries } from './entries.js'
import { type Entry, failed, over, succeeded, tells } from './entry.js'

const NO_CLEAR = 'the subject has no `clear`'
const NEITHER = 'the subject has neither `clear` nor `clearAll`'
const KEEPS_OLD = 'a load under way is documented to be kept (`clearInFlight: join`)'

type Traits = Readonly<Record<string, boolean>>
const some = (traits: Traits): true | string => traits.clear || traits.clearAll || NEITHER

/** The last clear of one operation that was over when a get came. */
const lastClear = ({ clears }: Entry, op: string, { start }: Span): Span | undefined =>
  clears.findLast((clear) => clear.op === op && over(clear, start) && settledAs(clear.end) !== 'rejected')

/** Whether a clear that leaves loads under way alone had nothing to leave alone. */
const quiet = ({ gets, loads }: Entry, { start }: Span): boolean =>
  ![...gets, ...loads].some((span) => openAt(span, start))

const forced = (h: History, op: string): boolean =>
  entries(h).some((entry) =>
    entry.gets.some((get) => {
      const clear = lastClear(entry, op, get)
      return clear && entry.loads.some(({ start }) => start.seq < clear.start.seq)
    }),
  )

/** The first get that is answered after a clear without a new load. */
const unforced = (h: History, op: string, policy: MemoPolicy) =>
  firstBlame(entries(h), (entry) =>
    firstBlame(entry.gets, (get) => {
      const clear = lastClear(entry, op, get)
      if (!clear || !get.end || entry.rejectedByClear(get, policy)) return undefined
      if (policy.clearInFlight === 'join' && !quiet(entry, clear)) return undefined
      return entry.startsBetween(clear.start, get.end) || entry.strayed(get)
        ? undefined
        : blame(`${get.actor} is answered without a new load`, clear.start, get.start, get.end)
    }),
  )

/** What a clear means, also for a load that is under way. */
export const lawsOfClearing: Laws<MemoPolicy> = {
  'clear-forces-a-reload': {
    level: 'required',
    statement: 'After a clear of its key, the next get loads again, whenever the clear came.',
    source: { kind: 'kit', why: 'docs/memo.md#clear-forces-a-reload' },
    hint: 'Forget everything that answers for the key: its value and its flight.',
    appliesWhen: ({ traits }) => traits.clear || NO_CLEAR,
    exercised: (h) => forced(h, 'clear'),
    violation: (h, { policy }) => unforced(h, 'clear', policy),
  },
  'clear-all-forces-a-reload': {
    level: 'required',
    statement: 'After a clear of all keys, the next get of each loads again, whenever the clear came.',
    source: { kind: 'kit', why: 'docs/memo.md#clear-all-forces-a-reload' },
    hint: 'Forget the values and the flights of all keys.',
    appliesWhen: ({ traits }) => traits.clearAll || 'the subject has no `clearAll`',
    exercised: (h) => forced(h, 'clearAll'),
    violation: (h, { policy }) => unforced(h, 'clearAll', policy),
  },
  'a-clear-touches-its-key-alone': {
    level: 'required',
    statement: 'A clear of one key makes no other key load again.',
    source: { kind: 'kit', why: 'docs/memo.md#a-clear-touches-its-key-alone' },
    hint: 'Delete the one entry; one version or one flag for the whole cache throws the others away.',
    appliesWhen: ({ traits }) => traits.clear || NO_CLEAR,
    exercised: (h, { policy }) =>
      entries(h).some((entry) =>
        entry.loads.some(
          (load) =>
            entry.fits(policy.capacity) &&
            entry.gets.some(
              ({ start }) => start.seq > load.start.seq && entry.clearElsewhere(load.start, start),
            ),
        ),
      ),
    violation: (h, { policy }) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.loads, (again) => {
          const held = entry.held(again)
          const clear = held && entry.clearElsewhere(held.start, again.start)
          return clear && entry.fits(policy.capacity)
            ? blame(
                `${entry.name(held)} was there, and only another key was cleared`,
                held.start,
                clear.start,
                again.start,
              )
            : undefined
        }),
      ),
  },
  'a-stale-result-is-not-kept': {
    level: 'required',
    statement: 'A load that was cleared while in flight does not become the value of later gets.',
    source: { kind: 'kit', why: 'docs/memo.md#a-stale-result-is-not-kept' },
    hint: 'When a load lands, store its result only if it is still the current flight of its key.',
    appliesWhen: ({ policy, traits }) => (policy.clearInFlight === 'join' ? KEEPS_OLD : some(traits)),
    exercised: (h) =>
      entries(h).some((entry) =>
        entry.gets.some(({ start }) =>
          entry.outdatedAt(start).some((old) => succeeded(old) && over(old, start)),
        ),
      ),
    violation: (h, { policy }) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.gets, ({ start, end }) => {
          const outdated = entry.outdatedAt(start)
          const old = outdated.find((load) => succeeded(load) && tells(load, end))
          const fresh = entry.loads.some(
            (load) =>
              !outdated.includes(load) &&
              (tells(load, end) || (failed(load) && policy.failure === 'swallow')),
          )
          return old && !fresh
            ? blame(
                `${start.actor} came after the clear and gets a value from before it`,
                old.end,
                start,
                end,
              )
            : undefined
        }),
      ),
  },
  'an-old-failure-evicts-nothing': {
    level: 'required',
    statement: 'A load that was cleared while in flight, and fails late, does not disturb a newer one.',
    source: { kind: 'kit', why: 'docs/memo.md#an-old-failure-evicts-nothing' },
    hint: 'When a load fails, drop the entry only if it is still the current flight of its key.',
    appliesWhen: ({ policy, traits }) => (policy.clearInFlight === 'join' ? KEEPS_OLD : some(traits)),
    exercised: (h) =>
      entries(h).some((entry) =>
        entry.gets.some(({ start }) =>
          entry
            .outdatedAt(start)
            .some(
              (old) =>
                failed(old) &&
                over(old, start) &&
                entry.loads.some(
                  (load) => load.start.seq < old.end!.seq && entry.epochOf(load) === entry.epoch(old.end!),
                ),
            ),
        ),
      ),
    violation: (h, { policy }) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.loads, (again) => {
          const held = entry.held(again)
          const old = held && entry.oldFailure(held, again)
          return old && entry.fits(policy.capacity)
            ? blame(
                `${entry.name(held)} was evicted by the failure of ${entry.name(old)}`,
                held.start,
                old.end,
                again.start,
              )
            : undefined
        }),
      ),
  },
  'a-clear-in-flight-keeps-the-load': {
    level: 'optional',
    statement: 'A clear leaves a load that is under way alone: those who come later join it.',
    source: { kind: 'kit', why: 'docs/memo.md#a-clear-in-flight-keeps-the-load' },
    hint: 'The subject declares `clearInFlight: join`: forget the value, and keep the flight.',
    appliesWhen: ({ policy, traits }) =>
      policy.clearInFlight === 'join'
        ? some(traits)
        : 'a load under way is documented to be dropped (`clearInFlight: detach`, `clearInFlight: reject`)',
    exercised: (h) =>
      entries(h).some((entry) =>
        entry.gets.some(({ start }) =>
          entry.loads.some((load) => openAt(load, start) && entry.cleared(load.start, start)),
        ),
      ),
    violation: (h, { policy }) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.loads, (again) => {
          const held = entry.loads.find(
            (load) => openAt(load, again.start) && entry.cleared(load.start, again.start),
          )
          return held && entry.fits(policy.capacity)
            ? blame(`${entry.name(held)} is still in flight`, held.start, again.start)
            : undefined
        }),
      ),
  },
  'a-clear-in-flight-rejects-its-callers': {
    level: 'optional',
    statement: 'A clear rejects those who wait for a load that is under way.',
    source: { kind: 'kit', why: 'docs/memo.md#a-clear-in-flight-rejects-its-callers' },
    hint: 'The subject declares `clearInFlight: reject`: reject the callers of the flight that is dropped.',
    appliesWhen: ({ policy, traits }) =>
      policy.clearInFlight === 'reject'
        ? some(traits)
        : 'those who wait are documented to be served (`clearInFlight: detach`, `clearInFlight: join`)',
    exercised: (h) => entries(h).some((entry) => entry.gets.some((get) => entry.interruption(get))),
    violation: (h) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.gets, (get) => {
          const clear = entry.interruption(get)
          return clear && settledAs(get.end) === 'fulfilled'
            ? blame(`${get.actor} waited when the key was cleared, and is served`, clear.start, get.end)
            : undefined
        }),
      ),
  },
  'a-clear-succeeds': {
    level: 'recommended',
    statement: 'A clear neither throws nor rejects, whether or not there is something to clear.',
    source: { kind: 'kit', why: 'docs/memo.md#a-clear-succeeds' },
    hint: 'A key that was never loaded has no entry to look into.',
    appliesWhen: ({ traits }) => some(traits),
    exercised: (h) => [...h.calls('clear'), ...h.calls('clearAll')].some(({ end }) => end !== undefined),
    violation: (h) =>
      firstBlame([...h.calls('clear'), ...h.calls('clearAll')], ({ start, end }) =>
        settledAs(end) === 'rejected'
          ? blame(`${start.op} fails with ${end?.value?.text}`, start, end)
          : undefined,
      ),
  },
}
