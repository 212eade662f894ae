import { answered, blame, firstBlame, type Laws, same } from '../../src/core/index.js'
import type { LazyPolicy } from './contract.js'
import {
  awaits,
  current,
  epoch,
  epochOf,
  failed,
  flights,
  no,
  resets,
  stale,
  succeeded,
} from './observations.js'

const NO_RESET = 'the subject has no `reset`'

/** What a reset means, also for an initialisation that is under way. */
export const lawsOfReset: Laws<LazyPolicy> = {
  'reset-forces-a-new-flight': {
    level: 'required',
    statement: 'After a reset, the next await initialises again.',
    source: { kind: 'kit', why: 'docs/lazy.md#reset-forces-a-new-flight' },
    hint: 'Clear everything that says "initialised": the value, the flag and the promise.',
    appliesWhen: ({ traits }) => traits.reset || NO_RESET,
    exercised: (h) =>
      resets(h).some(
        ({ start }) =>
          flights(h).some((f) => f.start.seq < start.seq) &&
          awaits(h).some((call) => call.start.seq > start.seq),
      ),
    violation: (h) =>
      firstBlame(awaits(h), ({ start, end }) => {
        const reset = resets(h).findLast((call) => call.start.seq < start.seq)
        if (!reset || !end) return undefined
        const again = flights(h).some((f) => f.start.seq > reset.start.seq && f.start.seq < end.seq)
        return again
          ? undefined
          : blame(`${start.actor} is answered without a new initialisation`, reset.start, start, end)
      }),
  },
  'a-stale-result-is-not-kept': {
    level: 'required',
    statement: 'An initialisation that was reset while in flight does not become the value of later awaits.',
    source: { kind: 'kit', why: 'docs/lazy.md#a-stale-result-is-not-kept' },
    hint: 'When a flight lands, store its result only if it is still the current flight.',
    appliesWhen: ({ traits }) => traits.reset || NO_RESET,
    exercised: (h) =>
      stale(h).some((f) => succeeded(f) && awaits(h).some(({ start }) => start.seq > f.end!.seq)),
    violation: (h) =>
      firstBlame(awaits(h), ({ start, end }) => {
        const old = stale(h).find(
          (f) =>
            succeeded(f) && answered(end, 'fulfilled', f.end?.value) && epoch(h, f.start) < epoch(h, start),
        )
        const fresh = flights(h).some((f) => f !== old && succeeded(f) && same(f.end?.value, end?.value))
        return old && !fresh
          ? blame(`${start.actor} came after the reset and gets a value from before it`, old.end, start, end)
          : undefined
      }),
  },
  'an-old-failure-evicts-nothing': {
    level: 'required',
    statement:
      'An initialisation that was reset while in flight, and fails late, does not disturb a newer one.',
    source: { kind: 'kit', why: 'docs/lazy.md#an-old-failure-evicts-nothing' },
    hint: 'When a flight fails, clear the state only if it is still the current flight.',
    appliesWhen: ({ traits }) => traits.reset || NO_RESET,
    exercised: (h) =>
      stale(h).some(
        (old) =>
          failed(old) &&
          flights(h).some((f) => f.start.seq < old.end!.seq && epochOf(h, f) === epoch(h, old.end!)) &&
          awaits(h).some(({ start }) => start.seq > old.end!.seq),
      ),
    violation: (h) =>
      firstBlame(flights(h), (again) => {
        const held = current(h, again)
        const old = stale(h).find(
          (f) => failed(f) && held && f.end!.seq > held.start.seq && f.end!.seq < again.start.seq,
        )
        return (
          old &&
          held &&
          blame(
            `factory #${no(h, held)} was evicted by the failure of #${no(h, old)}`,
            held.start,
            old.end,
            again.start,
          )
        )
      }),
  },
}
