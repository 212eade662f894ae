import type { PipePolicy } from '../../properties/pipe/contract.js'
import { pipe } from '../../properties/pipe/protocol.js'
import { answer, call, event, history, type Item, settle, start, verdict } from '../history-builder.js'

/** The words in which the histories of pipes are written. Pipes are numbered in the order in which they are made. */

/** Pipe 1, which begins with a plain value, or with what the source `input` gives. */
export const from = (value: unknown, pipe = 1): readonly Item[] => [
  call('maker', 'begin', { value, detail: { pipe } }),
  answer('maker', 'returned'),
]
export const fromInput: readonly Item[] = [
  start('input'),
  call('maker', 'begin', { detail: { pipe: 1, input: 'input' } }),
  answer('maker', 'returned'),
]

/** A pipe that goes on from another one, with the stages that it adds. */
export const map = (parent: number, pipe: number, stages: string, identity = false): readonly Item[] => [
  call('maker', 'map', { detail: { parent, pipe, stages, identity } }),
  answer('maker', 'returned'),
]

export const ask = (client: string, pipe: number) => call(client, 'await', { detail: { pipe } })
/** As `ask`, of one of several pipes made of the same stages. */
export const askAlike = (client: string, pipe: number, groups: string) =>
  call(client, 'await', { detail: { pipe, groups, alike: true } })
export const gets = (client: string, value: unknown) => answer(client, 'fulfilled', value)
export const hears = (client: string, reason: unknown) => answer(client, 'rejected', reason)
export const given = (stage: string, value: unknown) => start(stage, { value })
export const gives = (stage: string, value: unknown) => settle(stage, 'fulfilled', value)
export const fails = (stage: string, reason: unknown) => settle(stage, 'rejected', reason)
export const unhandled = (reason: unknown) =>
  event('unhandled-rejection', 'world', undefined, { value: reason })

export type Steps = readonly (readonly Item[])[]

/** Pipe 2, of one stage, behind pipe 1, which begins with 1. */
export const one: Steps = [[...from(1), ...map(1, 2, 'f')]]
/** Pipe 3, of two stages. */
export const two: Steps = [...one, map(2, 3, 'g')]
/** Pipes 2 and 3, each of one stage behind pipe 1. */
export const branches: Steps = [...one, map(1, 3, 'g')]

/** The verdict of one law on steps. */
export const judge = (claim: string, steps: Steps, policy: Partial<PipePolicy> = {}) =>
  verdict(pipe, claim, history(...steps), { policy })
