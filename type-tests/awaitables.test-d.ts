import { expectAssignable, expectError, expectNotAssignable, expectType } from 'tsd'
import { Delayed, Future, Immediate, isAwaitable, Lazy, sleep } from '../dist/src/awaitables/index.js'
import {
  type Broken,
  expectLawful,
  expectLawfulFactory,
  expectLawfulSettling,
} from '../dist/src/types/index.js'

interface Animal {
  readonly name: string
}
interface Dog extends Animal {
  readonly tail: 'wags'
}
declare const dog: Dog

// Every reference awaitable keeps the type laws, and a narrower one reads as a wider one.
expectLawful<Future<Dog>, Dog, Future<Animal>>()
expectLawful<Lazy<Dog>, Dog, Lazy<Animal>>()
expectLawful<Immediate<Dog>, Dog, Immediate<Animal>>()
expectLawful<Delayed<Dog>, Dog, Delayed<Animal>>()
declare const broken: Broken<Future<Dog>, Dog> | Broken<Lazy<Dog>, Dog> | Broken<Immediate<Dog>, Dog>
expectType<never>(broken)
expectLawfulFactory<typeof Lazy>()
expectLawfulSettling<Future<Dog>['setResult'], Dog>()

// A factory is synchronous, asynchronous or gives a thenable, and the value is inferred from under it.
expectType<Lazy<number>>(new Lazy(() => 1))
expectType<Lazy<number>>(new Lazy(async () => 1))
expectType<Lazy<number>>(new Lazy(() => new Immediate(1)))
expectType<Promise<number>>(new Lazy(async () => 1).get())
expectType<string>(await new Delayed(1, 'value', { signal: new AbortController().signal }))
expectType<Promise<void>>(sleep(1))
expectType<number>(await new Lazy(async () => 1))
expectType<[number, string]>(await Promise.all([new Immediate(1), new Future<string>()]))

// What then gives is what its handlers give.
expectType<Promise<string>>(new Future<number>().then((value) => value.toFixed()))
expectType<Promise<number | string>>(new Future<number>().catch(() => 'none'))
expectType<Promise<number>>(new Future<number>().finally(() => {}))
expectType<Promise<string | boolean>>(
  new Immediate(dog).then(
    ({ tail }) => tail as string,
    () => false,
  ),
)

// Misuse is an error where it is written.
expectError(new Future<number>().setResult('one'))
expectError(new Lazy<number>(() => 'one'))
expectError(new Lazy<number>(async () => 'one'))
expectError(new Immediate())
expectError(new Delayed('1', 'value'))
expectError(sleep(1, new AbortController().signal))
expectError(expectLawful<Future<number>, string>())
expectError(expectLawful<number>())
expectAssignable<PromiseLike<Animal>>(new Immediate(dog))
expectNotAssignable<PromiseLike<Dog>>(new Immediate<Animal>(dog))

declare const anything: unknown
if (isAwaitable(anything) && 'then' in anything) expectAssignable<PromiseLike<unknown>>(anything)
