/** What a probe is written in. */

import type { Both, Is, IsUnknown, Same } from './judged.js'

export type { Verdicts } from './expect-lawful.js'
export type { Untold } from './judged.js'
export type { VerdictsOfCancelling, VerdictsOfFactory, VerdictsOfSettling } from './laws-of-makers.js'
export type { Expected } from './laws-of-values.js'

/** Whether a line of code gives what it must: that type to whoever looks at it, and the same to whoever awaits it. */
export type Gives<R, Wanted> =
  IsUnknown<Wanted> extends true ? true : Both<Is<R, Wanted>, Same<Awaited<R>, Awaited<Wanted>>>

/** What is awaited of what a factory was made into. */
export type Made<R> =
  R extends PromiseLike<unknown> ? R : R extends { get(): infer P } ? P : R extends () => infer P ? P : R
