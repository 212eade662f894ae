import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import ts from '@tsd/typescript'
import { describe, expect, test } from 'vitest'
import { asyncProperty } from '../../src/awaitables/index.js'

/**
 * A class written with the decorator, as TypeScript compiles it: no engine reads that syntax yet, nor does the transform of
 * these tests.
 */
function compiled<Class>(source: string, scope: Readonly<Record<string, unknown>> = {}): Class {
  const { outputText } = ts.transpileModule(`${source}\nreturn Subject`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  })
  const names = { ...scope, asyncProperty }
  return new Function(...Object.keys(names), outputText)(...Object.values(names))
}

interface Subject {
  readonly value: Promise<unknown>
  method(): Promise<unknown>
}

const subject = (load: (self: object) => unknown) =>
  compiled<new () => Subject>(
    `class Subject {
      @asyncProperty get value() { return load(this) }
      @asyncProperty method() { return load(this) }
    }`,
    { load },
  )

describe('a decorated getter, and a method', () => {
  test('loads once for each instance, with that instance', async () => {
    const loaded: object[] = []
    const Subject = subject(async (self) => loaded.push(self))
    const [a, b] = [new Subject(), new Subject()]
    expect(await Promise.all([a.value, a.value, b.value])).toEqual([1, 1, 2])
    expect(await a.value).toBe(1)
    expect(loaded).toEqual([a, b])
    expect(await a.method()).toBe(3)
    expect(await Promise.all([a.method(), a.value])).toEqual([3, 1])
  })

  test('keeps a falsy value, and tries again after a failure', async () => {
    const outcomes = [
      () => {
        throw undefined
      },
      () => undefined,
      () => 2,
    ]
    const Subject = subject(() => outcomes.shift()?.())
    const a = new Subject()
    await expect(a.value).rejects.toBe(undefined)
    expect([await a.value, await a.value]).toEqual([undefined, undefined])
  })

  test('works on a frozen instance, in a subclass, and by way of super', async () => {
    let loads = 0
    const Subject = subject(async () => ++loads)
    const frozen = Object.freeze(new Subject())
    expect([await frozen.value, await frozen.value]).toEqual([1, 1])
    expect(await new (class extends Subject {})().value).toBe(2)
    const over = new (class extends Subject {
      override get value() {
        return super.value.then((value) => `${value}, as super says`)
      }
    })()
    expect([await over.value, await over.value]).toEqual(['3, as super says', '3, as super says'])
  })

  test('throws a TypeError on the prototype, and on what the constructor did not make', () => {
    let loads = 0
    const Subject = subject(async () => ++loads)
    expect(() => Subject.prototype.value).toThrow(TypeError)
    expect(() => Subject.prototype.method()).toThrow('method is read on what is no instance of its class')
    expect(() => Object.create(Subject.prototype).value).toThrow(TypeError)
    expect(loads).toBe(0)
  })

  test('may be private or static', async () => {
    interface Hidden {
      readonly twice: Promise<unknown>[]
    }
    const Subject = compiled<(new () => Hidden) & { readonly value: Promise<number> }>(
      `class Subject {
        static loads = 0
        @asyncProperty static get value() { return Promise.resolve(++this.loads) }
        @asyncProperty get #hidden() { return Promise.resolve(++Subject.loads) }
        get twice() { return [this.#hidden, this.#hidden] }
      }`,
    )
    expect([await Subject.value, await Subject.value]).toEqual([1, 1])
    expect(await Promise.all(new Subject().twice)).toEqual([2, 2])
  })
})

describe('the collector', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')

  /** Whether an instance that was read is gone when nobody but its class and what that keeps refers to it. */
  async function isCollected(Subject: new () => Subject): Promise<boolean> {
    const read = async () => {
      const self = new Subject()
      await self.value
      return new WeakRef(self)
    }
    const reference = await read()
    // What a turn has dereferenced is kept until the next one.
    for (let turns = 0; turns < 10 && reference.deref(); turns++) {
      await new Promise((resolve) => setImmediate(resolve))
      collect()
    }
    return reference.deref() === undefined
  }

  test('takes an instance that has been read, and that its own value refers to', async () => {
    const Subject = subject(async (self) => ({ self }))
    expect(await isCollected(Subject)).toBe(true)
    await new Subject().value
  })

  test('does not take one that a table of the class keeps', async () => {
    const kept = new Set<object>()
    const Subject = subject(async (self) => kept.add(self))
    expect(await isCollected(Subject)).toBe(false)
    expect(kept.size).toBe(1)
  })
})
