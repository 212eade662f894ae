import { expectAssignable, expectError, expectType } from 'tsd'
import { Future, Lazy } from '../dist/src/awaitables/index.js'
import {
  type AwaitableAdapter,
  awaitable,
  check,
  type FutureAdapter,
  future,
  hung,
  type LawVerdict,
  type LazyAdapter,
  lazy,
  type Report,
  replay,
  type Suite,
  thenable,
} from '../dist/src/index.js'

// Adapters infer what they are about from what they make.
const adapter = { name: 'Lazy', create: <V>(factory: () => V | PromiseLike<V>) => new Lazy(factory) }
expectAssignable<LazyAdapter<number>>(adapter)
expectAssignable<LazyAdapter<string>>(adapter)
expectType<Suite>(lazy(adapter))
const create = () => {
  const promise = new Future<unknown>()
  return {
    promise,
    resolve: (value: unknown) => promise.setResult(value),
    reject: (reason: unknown) => promise.setException(reason),
  }
}
expectType<Suite>(future({ name: 'Future', create }))
expectType<Suite>(thenable({ name: 'native', deferred: () => Promise.withResolvers<unknown>() }))

// A contract that is not met, and an option that does not exist, are errors where they are written.
expectError(future({ name: 'mine', create: () => new Lazy(() => 1) }))
expectError(future({ name: 'mine', create: () => new Future(), policy: { settleAgain: 'sometimes' } }))
expectError(awaitable({ name: 'mine', create: () => 42 }))
expectError(check(lazy(adapter), { run: 100 }))
expectError(check(lazy(adapter), { runs: 'many' }))
expectError(check(adapter))
expectError(replay(lazy(adapter)))
expectError<AwaitableAdapter>({ create: () => Promise.resolve() })
expectError<FutureAdapter>({ name: 'mine' })

// A report is plain data, and nothing in it can be changed.
declare const report: Report
expectType<boolean>(hung(report))
expectType<readonly LawVerdict[]>(report.verdicts)
expectType<'holds' | 'violated' | 'not-applicable' | 'unexercised' | 'unknown'>(report.verdicts[0]!.verdict)
expectError(report.verdicts.push())
expectError(report.verdicts.sort())
