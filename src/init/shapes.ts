import { keepsAValue, keepsValuesByKey, type Unchecked } from './plain-use.js'
import type { Shapes } from './shape.js'
import { callShapes, cancellableShapes, delayShapes, retryShapes } from './shapes-of-calls.js'
import { coroutineShapes, pipeShapes, progressShapes } from './shapes-of-compositions.js'
import { lockShapes, serviceShapes } from './shapes-of-holders.js'
import {
  awaitableShapes,
  futureShapes,
  lazyShapes,
  memoShapes,
  thenableShapes,
  ttlCacheShapes,
} from './shapes-of-values.js'

/** What a probe knows of a protocol. */
export interface Known {
  readonly shapes: Shapes
  /** Names of exports that say it. */
  readonly names: RegExp
  /**
   * Laws that set its subjects apart, one of each group at least: what keeps none of them is something else, however many
   * others it keeps, as most things keep laws that forbid.
   */
  readonly marks: readonly (readonly string[])[]
  /** Whether that shows in the simplest use, where a fault under concurrency breaks those very laws. */
  readonly plainly?: (adapter: Unchecked) => Promise<boolean>
  /** Tried only where an export is one of these as well, or where none of these could be tried. */
  readonly after?: readonly string[]
}

/** By protocol, those that ask most of a subject first: what is a cache by key is a lazy value too. */
export const KNOWN: Readonly<Record<string, Known>> = {
  retry: {
    shapes: retryShapes,
    names: /retry|retries|backoff|attempt/i,
    marks: [['retry/makes-all-its-attempts'], ['retry/gives-the-value-of-the-success']],
  },
  delay: {
    shapes: delayShapes,
    names: /delay|sleep/i,
    marks: [['delay/on-time'], ['delay/never-early']],
  },
  call: {
    shapes: callShapes,
    names: /debounce|throttle|timeout|event/i,
    marks: [
      [
        'call/runs-when-silence-has-lasted',
        'call/runs-at-the-first-call',
        'call/runs-at-intervals',
        'call/rejects-when-time-is-up',
        'call/misses-no-event',
      ],
      ['call/the-arguments-arrive', 'call/a-value-in-time-is-given', 'call/gives-the-first-argument'],
    ],
  },
  lock: {
    shapes: lockShapes,
    names: /lock|mutex|sema|limit|queue/i,
    marks: [['lock/never-more-holders-than-permits'], ['lock/everyone-is-served']],
  },
  'ttl-cache': {
    shapes: ttlCacheShapes,
    names: /ttl|expir|cache/i,
    marks: [['ttl-cache/a-hit-before-the-deadline'], ['ttl-cache/a-miss-after-the-deadline']],
    after: ['memo', 'lazy'],
  },
  memo: {
    shapes: memoShapes,
    names: /memo|cache|loader/i,
    marks: [['memo/keys-are-isolated'], ['memo/none-after-a-success']],
    plainly: keepsValuesByKey,
  },
  service: {
    shapes: serviceShapes,
    names: /service|resource|pool/i,
    marks: [['service/closes-once'], ['service/gives-what-was-opened']],
  },
  lazy: {
    shapes: lazyShapes,
    names: /lazy/i,
    marks: [['lazy/none-after-a-success'], ['lazy/nothing-before-the-first-await']],
    plainly: keepsAValue,
  },
  cancellable: {
    shapes: cancellableShapes,
    names: /cancel|abort/i,
    marks: [['cancellable/an-abort-rejects'], ['cancellable/passes-the-outcome-through']],
  },
  progress: { shapes: progressShapes, names: /progress/i, marks: [['progress/a-hundred-when-all-is-done']] },
  pipe: {
    shapes: pipeShapes,
    names: /pipe|flow|compose/i,
    marks: [['pipe/composition'], ['pipe/no-stage-is-left-out']],
  },
  coroutine: {
    shapes: coroutineShapes,
    names: /^co$|coroutine/i,
    marks: [['coroutine/an-await-gives-the-value']],
  },
  future: {
    shapes: futureShapes,
    names: /future|defer|complet/i,
    marks: [['future/tells-the-very-outcome']],
  },
  thenable: {
    shapes: thenableShapes,
    names: /promise/i,
    marks: [['thenable/2.2.2.1-on-fulfilled-gets-the-value']],
  },
  awaitable: {
    shapes: awaitableShapes,
    names: /task|awaitable/i,
    marks: [['awaitable/fulfils-with-the-very-value']],
  },
}
