import { describe, expect, it } from 'vitest'
import { compile, optionsFor, typescript } from '../../src/types/compiler.js'

const folder = new URL('.', import.meta.url).pathname

/** What a compiler says of each line that comes after the imports. */
function errors(...lines: string[]): (string | undefined)[] {
  const head = `import { expectLawful, expectLawfulCancelling, expectLawfulFactory, expectLawfulSettling } from '../../src/types/index.ts'\n`
  const path = `${folder}expect-lawful-probe.ts`
  const program = compile(new Map([[path, head + lines.join('\n')]]), { ...optionsFor(folder), types: [] })
  const file = program.getSourceFile(path)!
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
  return lines.map((_, index) => {
    const here = found.filter(({ start }) => file.getLineAndCharacterOfPosition(start!).line === index + 1)
    return here.length === 0
      ? undefined
      : here.map(({ messageText }) => typescript().flattenDiagnosticMessageText(messageText, ' ')).join('; ')
  })
}

const thisIs = (complaint: string) =>
  `The 'this' context of type 'void' is not assignable to method's 'this' of type '"${complaint}"'.`

describe('expectLawful', () => {
  it('compiles for what is lawful', () => {
    const lines = [
      'expectLawful<Promise<number>, number>()',
      'expectLawful<Promise<number>, number, Promise<number | string>>()',
      'expectLawful<PromiseLike<string | undefined>, string | undefined>()',
      'expectLawful<Promise<unknown>, unknown>()',
      'expectLawful<Promise<never>, never>()',
      'expectLawful<Promise<void>>()',
      'expectLawfulFactory<<V>(make: () => V | PromiseLike<V>) => Promise<V>>()',
      'expectLawfulFactory<new <V>(make: () => V | PromiseLike<V>) => PromiseLike<V>>()',
      'expectLawfulSettling<(value: number | PromiseLike<number>) => void, number>()',
      'expectLawfulCancelling<typeof fetch>()',
      'expectLawfulCancelling<(ms: number, options?: { signal?: AbortSignal | undefined }) => void>()',
      'expectLawfulCancelling<(signal: AbortSignal) => void>()',
    ]
    expect(errors(...lines)).toEqual(lines.map(() => undefined))
  })

  it('names the law and what to do, in words', () => {
    const [recovers, wrong, factory, settling, cancelling, nothing] = errors(
      'expectLawful<{ then<A>(f?: ((v: number) => A | PromiseLike<A>) | null, r?: ((e: unknown) => unknown) | null): PromiseLike<A> }, number>()',
      'expectLawful<Promise<number>, string>()',
      'expectLawfulFactory<<V>(make: () => V) => Promise<V>>()',
      'expectLawfulSettling<(value: number) => void, number>()',
      'expectLawfulCancelling<(ms: number, token: { cancelled: boolean }) => void>()',
      'expectLawful<number>()',
    )
    expect(recovers).toBe(
      thisIs(
        '✗ types/then-recovers-with-another-type: onRejected may give another type than onFulfilled, and what then gives is wide enough for both. Hint: Give then a type parameter for each handler: then<A = T, B = never>(…): PromiseLike<A | B>.',
      ),
    )
    expect(wrong).toBe(
      thisIs(
        '✗ types/await-gives-the-value: Awaited<X> is exactly T. Hint: Compare the parameter of onFulfilled in the last overload of then with the value it is called with.',
      ),
    )
    expect(factory).toBe(
      thisIs(
        '✗ types/factory-infers-from-a-promise: Of a factory that returns a Promise<V>, it makes what gives a V. Hint: Infer V from under the promise: <V>(factory: () => V | PromiseLike<V>).',
      ),
    )
    expect(settling).toBe(
      thisIs(
        '✗ types/settles-with-a-thenable: What settles by adopting takes any PromiseLike<T>. Hint: Declare the parameter T | PromiseLike<T>; Promise<T> alone refuses thenables that it would adopt.',
      ),
    )
    expect(cancelling).toBe(
      thisIs(
        '✗ types/cancels-by-abort-signal: Cancellation takes an AbortSignal, by itself or as the option signal. Hint: Take { signal?: AbortSignal | undefined }, so that one signal cancels everything that it is handed to.',
      ),
    )
    expect(nothing).toBe(
      thisIs(
        '✗ types/has-then: There is a then, always, and it is a function. Hint: Declare then as a method that is not optional: what lacks it is not waited for, and no error says so.',
      ),
    )
  })
})
