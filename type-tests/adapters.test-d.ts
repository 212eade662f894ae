import { expectAssignable, expectError, expectType } from 'tsd'
import { check, type LazyAdapter, lazy, type Report, type Suite, thenable } from '../dist/src/index.js'

declare const load: () => Promise<number>

// An adapter is five lines, and what it makes is a suite.
expectType<Suite>(lazy({ name: 'mine', create: (factory) => ({ get: () => Promise.resolve(factory()) }) }))
expectType<Promise<Report>>(check(lazy({ name: 'mine', create: (factory) => Promise.resolve(factory()) })))
expectAssignable<LazyAdapter<number>>({ name: 'mine', create: () => load() })

// Policies are checked by name and by value.
expectError(lazy({ name: 'mine', create: () => load(), policy: { failure: 'sometimes' } }))
expectError(lazy({ name: 'mine', create: () => load(), policy: { failures: 'retry' } }))

// A contract that is not met is an error where it is written.
expectError(lazy({ name: 'mine' }))
expectError(lazy({ create: () => load() }))
expectError(lazy({ name: 'mine', create: () => 42 }))
expectError(thenable({ name: 'mine', deferred: () => ({ promise: load() }) }))
