import type { ProgressPolicy } from '../../properties/progress/contract.js'
import { progress } from '../../properties/progress/protocol.js'
import {
  answer,
  call,
  event,
  handler,
  history,
  type Item,
  idOf,
  settle,
  start,
  verdict,
} from '../history-builder.js'

/** The words in which the histories of progress are written. */

export const run = (steps: number) => call('A', 'run', { detail: { steps } })
export const step = (index: number) => start('step', { value: index, detail: { index } })
export const gives = (value: unknown, which = 'step') => settle(which, 'fulfilled', value)
export const fails = (reason: unknown) => settle('step', 'rejected', reason)
export const report = (percent: number) => handler('A', 'onProgress', { value: percent, detail: { percent } })
/** A report that is answered with a throw. */
export const throwing = (percent: number, thrown: unknown) =>
  handler('A', 'onProgress', { value: percent, detail: { percent, throws: idOf(thrown) } })
export const rejected = (reason: unknown) => answer('A', 'rejected', reason)

/** The run is fulfilled with a list of these. */
export const results = (...values: readonly unknown[]): readonly Item[] => [
  answer('A', 'fulfilled', values),
  event('read', 'A', 'length', { value: values.length, detail: { length: values.length } }),
  ...values.map((value, index) => event('read', 'A', `results[${index}]`, { value, detail: { index } })),
]

/** A run of as many steps as it should be. */
export const whole: Steps = [
  [run(2), step(0)],
  [gives(1), report(50), step(1)],
  [gives(2), report(100), ...results(1, 2)],
]

export type Steps = readonly (readonly Item[])[]

/** The verdict of one law on steps. */
export const judge = (claim: string, steps: Steps, policy: Partial<ProgressPolicy> = {}) =>
  verdict(progress, claim, history(...steps), { policy })
