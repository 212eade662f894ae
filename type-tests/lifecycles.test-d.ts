import { expectAssignable, expectError, expectType } from 'tsd'
import { asyncProperty, LazyService, type LazyServiceStats } from '../dist/src/awaitables/index.js'

interface Connection {
  end(): Promise<void>
}
declare const connect: () => Promise<Connection>

// What is opened is what is got and closed.
const service = new LazyService(connect, (connection) => connection.end())
expectType<LazyService<Connection>>(service)
expectType<Promise<Connection>>(service.get())
expectType<Promise<Connection>>(service.get({ signal: AbortSignal.timeout(10) }))
expectType<Promise<void>>(service.dispose())
expectType<LazyServiceStats>(service.stats())
expectType<LazyService<number>>(
  new LazyService(
    () => 1,
    () => {},
  ),
)
expectError(new LazyService(connect, (connection: string) => connection.length))
expectError(new LazyService(connect))

// It can be used with `await using`.
expectAssignable<AsyncDisposable>(service)

class User {
  @asyncProperty
  get avatar(): Promise<string> {
    return Promise.resolve('')
  }

  @asyncProperty
  friends(): Promise<number> {
    return Promise.resolve(0)
  }
}
expectType<Promise<string>>(new User().avatar)
expectType<Promise<number>>(new User().friends())

// What is not promised need not be awaited.
expectError(asyncProperty((_self: User) => 1, {} as ClassGetterDecoratorContext<User, number>))
