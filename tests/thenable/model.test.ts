import { describe, expect, it } from 'vitest'
import { Expectations } from '../../properties/thenable/model.js'
import { call, history, type Item } from '../history-builder.js'
import {
  asked,
  does,
  fails,
  fulfils,
  locksIn,
  read,
  readThrows,
  rejects,
  resolves,
  type Steps,
  subscribes,
} from './judged.js'

const reason = new Error('reason')

/** What the promise under test should be, with its value as text. */
function expected(...steps: Steps): string {
  const { events } = history(...steps)
  const found = new Expectations(events).of('d')
  if (found.state === 'pending') return found.due ? 'due' : 'pending'
  if (found.state === 'unspecified') return 'unspecified'
  return `${found.state} ${events.find(({ value }) => value?.id === found.value)?.value?.text}`
}

const adopts = (...items: readonly Item[]) => expected([locksIn('T1'), ...items])

describe('what a promise should be', () => {
  it('is pending without a settling', () => {
    expect(expected([subscribes('A')])).toBe('pending')
  })

  it('goes by its first settling', () => {
    expect(expected([resolves(0), rejects(reason)])).toBe('fulfilled 0')
    expect(expected([rejects(undefined), resolves(0)])).toBe('rejected undefined')
  })

  it('is not specified where it is resolved with itself', () => {
    expect(expected([resolves('d', { ref: 'itself' })])).toBe('unspecified')
  })

  it('goes by the promise that it waits for', () => {
    expect(expected([locksIn('other')])).toBe('pending')
    expect(expected([locksIn('other'), rejects(1), resolves(2, { on: 'other' })])).toBe('fulfilled 2')
    expect(expected([rejects(3, { on: 'other' }), locksIn('other')])).toBe('rejected 3')
  })

  it('goes by what a thenable did first', () => {
    const called = [read('T1'), asked('T1')]
    expect(adopts(...called)).toBe('pending')
    expect(adopts(...called, does('T1', 'fulfil', 1), does('T1', 'reject', 2))).toBe('fulfilled 1')
    expect(adopts(...called, does('T1', 'reject', 2), does('T1', 'fulfil', 1))).toBe('rejected 2')
    expect(adopts(...called, does('T1', 'throw', null), does('T1', 'fulfil', 1))).toBe('rejected null')
  })

  it('is due as long as a thenable has not been asked', () => {
    expect(adopts()).toBe('due')
    expect(adopts(read('T1'))).toBe('due')
  })

  it('is rejected by a getter that throws, and fulfilled with what has no `then` to call', () => {
    expect(adopts(readThrows('T1', 7))).toBe('rejected 7')
    expect(adopts(read('T1', { callable: false }))).toBe("fulfilled 'T1'")
  })

  it('goes by the innermost of nested thenables', () => {
    const outer = [read('T1'), asked('T1'), does('T1', 'fulfil', 'T2', 'T2')]
    expect(adopts(...outer)).toBe('due')
    expect(adopts(...outer, read('T2'), asked('T2'), does('T2', 'reject', 4))).toBe('rejected 4')
  })

  it('can be asked for an earlier moment', () => {
    const { events } = history([resolves(1)], [locksIn('other')])
    expect(new Expectations(events).of('d', 0).state).toBe('pending')
    expect(new Expectations(events).of('d', 1).state).toBe('fulfilled')
  })

  it('knows the first settling that comes too late', () => {
    const overridden = (...items: readonly Item[]) => new Expectations(history(items).events).overridden?.op
    expect(overridden(locksIn('other'), rejects(1), resolves(2))).toBe('reject')
    expect(overridden(resolves(1), rejects(2))).toBeUndefined()
    expect(overridden(resolves('d', { ref: 'itself' }), rejects(2))).toBeUndefined()
  })
})

/** What the promise from the only call of `then` should be, and whether the call is owed an answer. */
function derived(...items: readonly Item[]): string {
  const { events } = history(items)
  const expectations = new Expectations(events)
  const { id = 0 } = events.find(({ op }) => op === 'then')!
  return `${expectations.derived(id)?.state}${expectations.owes(id) ? ', owed' : ''}`
}

describe('what the promise from `then` should be', () => {
  it('is pending with its parent', () => {
    expect(derived(subscribes('A'))).toBe('pending')
    expect(derived(subscribes('A'), locksIn('other'))).toBe('pending')
  })

  it('is owed where the subject has yet to ask a thenable', () => {
    expect(derived(subscribes('A'), locksIn('T1'))).toBe('pending, owed')
    expect(derived(subscribes('A'), locksIn('T1'), read('T1'), asked('T1'))).toBe('pending')
  })

  it('passes the outcome on where there is no handler', () => {
    expect(derived(subscribes('A', []), resolves(1))).toBe('fulfilled, owed')
    expect(derived(subscribes('A', ['onFulfilled']), rejects(1))).toBe('rejected, owed')
  })

  it('is owed until the handler has run', () => {
    expect(derived(subscribes('A'), resolves(1))).toBe('pending, owed')
  })

  it('goes by what the handler replies', () => {
    expect(derived(subscribes('A'), resolves(1), fulfils('A', 1))).toBe('fulfilled, owed')
    expect(derived(subscribes('A'), rejects(1), fails('A', 1, { replies: 'throw' }))).toBe('rejected, owed')
    const other = { reply: 'other', ref: 'other' }
    expect(derived(subscribes('A'), resolves(1), fulfils('A', 1, other))).toBe('pending')
    const foreign = { reply: 'T1', ref: 'T1' }
    expect(derived(subscribes('A'), resolves(1), fulfils('A', 1, foreign))).toBe('pending, owed')
  })

  it('is not known for a call that never was', () => {
    expect(new Expectations(history([call('A', 'then')]).events).derived(7)).toBeUndefined()
  })
})
