/** What protocols are made of: the whole of the core that laws, scenarios and contracts may use. */
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
  record,
  type SourcePolicy,
  sourceCall,
  tuple,
  valueName,
} from './generate.js'
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
} from './history.js'
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
  type TestedLaw,
  type UntestedLaw,
} from './law.js'
export { type Linearization, linearize, type Model, type Operation } from './linearize.js'
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
  type ScopeSize,
  type Traits,
} from './protocol.js'
export type { Observed, Recorder } from './recorder.js'
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
} from './transcript.js'
export { FALSY_NAMES, FRESH, same, TRUTHY_NAMES, type Value } from './value.js'
export { AdapterError, isThenable } from './world/clients.js'
export type { SourceCall, SourceOptions } from './world/source.js'
export type { Step } from './world/step.js'
export { type Act, World } from './world/world.js'
