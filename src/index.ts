import { type CheckOptions, check as checkOn } from './core/check.js'
import type { Suite } from './core/protocol.js'
import { type Recording, type RecordOptions, record as recordOn } from './core/recorder.js'
import { type Replayed, replay as replayOn } from './core/replayed.js'
import type { Report } from './core/report.js'
import { type Rerun, rerun } from './core/rerun.js'
import type { Transcript } from './core/transcript.js'
import { detectHost } from './host/host.js'
import { readTranscript } from './render/reading.js'

const host = detectHost()

/**
 * Checks a subject against every law of its protocol.
 *
 * @throws AdapterError when the adapter does not fit its contract
 * @throws UsageError when an option makes no sense
 */
export const check = (suite: Suite, options?: CheckOptions): Promise<Report> => checkOn(host, suite, options)

/**
 * Plays the run that a replay string names, and judges it by the law that it names.
 *
 * @throws UsageError when the string names no run of this suite
 */
export const replay = (suite: Suite, text: string): Promise<Replayed> => replayOn(host, suite, text)

/** A printed failure, to be played again. */
export interface PrintedScenario {
  /** What the text tells. */
  readonly transcript: Transcript
  /**
   * Plays it on a suite. Its verdict is `holds` where the law is kept now.
   *
   * @throws UsageError when it cannot be played, or the suite does not have the law
   */
  on(suite: Suite): Promise<Rerun>
}

/**
 * A printed failure as a regression test: paste it as it stands.
 *
 *     const late = scenario`
 *       ✗ lazy/single-flight                MyLazy · required
 *       …
 *     `
 *     expect((await late.on(lazy({ name: 'MyLazy', create }))).verdict).toBe('holds')
 *
 * @throws UsageError when the text is no printed failure
 */
export function scenario(
  text: TemplateStringsArray | string,
  ...values: readonly unknown[]
): PrintedScenario {
  // Cooked, so that a backtick that had to be escaped is one again; raw where the text has what only looks like an escape.
  const printed = typeof text === 'string' ? text : String.raw({ raw: cookedOf(text) }, ...values)
  const transcript = readTranscript(printed)
  return { transcript, on: (suite) => rerun(host, suite, transcript) }
}

const cookedOf = (text: TemplateStringsArray): readonly string[] =>
  text.map((part: string | undefined, index) => part ?? text.raw[index] ?? '')

export type {
  AsyncPropertyAdapter,
  AsyncPropertyClass,
  AsyncPropertyPolicy,
} from '../properties/async-property/contract.js'
/**
 * Puts a live subject under observation, so that the laws of its protocol judge what really happens to it. `sources` are
 * what the adapter's `create` takes, the real ones.
 *
 *     const recording = record(memo, { name: 'users', create: (load) => new Users(load) }, [fetchUser])
 *     recording.subject.get(1)
 *     recording.report()
 *
 * @throws TypeError when subjects of the protocol cannot be recorded
 */
export const record = <A extends { readonly create: (...sources: never[]) => unknown }>(
  protocol: (adapter: A) => Suite,
  adapter: A,
  sources: Parameters<A['create']>,
  options?: RecordOptions,
): Recording<ReturnType<A['create']>> => recordOn(host, protocol(adapter), sources, options)

export type { AwaitableAdapter, AwaitablePolicy } from '../properties/awaitable/contract.js'
export type { CallAdapter, CallPolicy, EventAdapter, WrapAdapter } from '../properties/call/contract.js'
export type { CancellableAdapter, CancellablePolicy } from '../properties/cancellable/contract.js'
export type {
  CoroutineAdapter,
  CoroutineBody,
  CoroutinePolicy,
  ManualCoroutine,
} from '../properties/coroutine/contract.js'
export type { DelayAdapter, DelayPolicy } from '../properties/delay/contract.js'
export type { FutureAdapter, FutureHandle, FuturePolicy } from '../properties/future/contract.js'
export type { HygienePolicy } from '../properties/hygiene/contract.js'
export type { LazyAdapter, LazyHandle, LazyPolicy } from '../properties/lazy/contract.js'
export type { LockAdapter, LockHandle, LockPolicy } from '../properties/lock/contract.js'
export type { MemoAdapter, MemoHandle, MemoPolicy } from '../properties/memo/contract.js'
export type { OffloadAdapter, OffloadHandle, OffloadPolicy } from '../properties/offload/contract.js'
export type { PipeAdapter, PipePolicy } from '../properties/pipe/contract.js'
export type { ProgressAdapter, ProgressOptions, ProgressPolicy } from '../properties/progress/contract.js'
export type { RetryAdapter, RetryOptions, RetryPolicy } from '../properties/retry/contract.js'
export type {
  ServiceAdapter,
  ServiceGraph,
  ServiceHandle,
  ServiceNode,
  ServicePolicy,
  ServiceStats,
} from '../properties/service/contract.js'
export type { Deferred, ThenableAdapter, ThenablePolicy } from '../properties/thenable/contract.js'
export type { TtlCacheAdapter, TtlCacheHandle, TtlCachePolicy } from '../properties/ttl-cache/contract.js'
export {
  asyncProperty,
  awaitable,
  call,
  cancellable,
  catalogue,
  coroutine,
  defineProtocol,
  delay,
  future,
  lazy,
  lock,
  memo,
  offload,
  pipe,
  progress,
  retry,
  service,
  thenable,
  ttlCache,
} from './catalogue.js'
export { type CheckOptions, DEFAULT_RUNS, DEFAULT_SEED, UsageError } from './core/check.js'
export {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  option,
  record as recordOf,
  type SourcePolicy,
  sourceCall,
  tuple,
  valueName,
} from './core/generate.js'
export {
  agree,
  answered,
  type EventType,
  firstOverlap,
  History,
  type HistoryEvent,
  type Outcome,
  openAt,
  type Span,
  settledAs,
} from './core/history.js'
export {
  type Blame,
  blame,
  type Context,
  firstBlame,
  type Law,
  type Laws,
  type Level,
  type Policy,
  type Source,
} from './core/law.js'
export { type Linearization, linearize, type Model, type Operation } from './core/linearize.js'
export {
  type Adapter,
  type Kind,
  type KindDefinition,
  kind,
  oneOf,
  type PolicySpec,
  type PolicySpecs,
  type Protocol,
  policyOf,
  type Refinement,
  type Suite,
  type Traits,
} from './core/protocol.js'
export type { Recording, RecordOptions } from './core/recorder.js'
export type { Replayed } from './core/replayed.js'
export {
  type Counterexample,
  fails,
  hung,
  type LawVerdict,
  type Report,
  type Verdict,
} from './core/report.js'
export type { Rerun } from './core/rerun.js'
export {
  callsOf,
  ledBySubject,
  nameOf,
  plansOf,
  type Retold,
  type Transcript,
  type TranscriptEvent,
  tellsOnly,
  UnplayableError,
} from './core/transcript.js'
export { same, type Value } from './core/value.js'
export { AdapterError } from './core/world/clients.js'
export type { SourceCall } from './core/world/source.js'
export type { Step } from './core/world/step.js'
export type { World } from './core/world/world.js'
export { type Pictured, renderSvg, type SvgOptions } from './render/svg.js'
