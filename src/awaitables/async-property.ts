import { Lazy } from './lazy.js'

/**
 * A standard decorator for a getter, or a method without arguments, whose value is loaded when an instance's is first
 * read, and once for each instance: `@asyncProperty get settings(): Promise<Settings> { … }`. A failed load is told to
 * all who wait for it, and the next read tries again. Nothing is written to the instance, which may be frozen and stays
 * collectable.
 *
 * @throws TypeError when it is read on what the constructor did not make: the prototype, or a proxy
 */
export function asyncProperty<This extends object, V>(
  load: (this: This) => Promise<V>,
  context:
    | ClassGetterDecoratorContext<This, Promise<V>>
    | ClassMethodDecoratorContext<This, (this: This) => Promise<V>>,
): (this: This) => Promise<V> {
  const values = new WeakMap<object, Lazy<V>>()
  context.addInitializer(function () {
    values.set(this, new Lazy(() => load.call(this)))
  })
  return function () {
    const value = values.get(this)
    if (!value) throw new TypeError(`${String(context.name)} is read on what is no instance of its class`)
    return value.get()
  }
}
