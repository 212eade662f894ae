import type { World } from '../../src/core/index.js'
import type { CoroutinePolicy } from './contract.js'
import type { Wild } from './program.js'

/** A thenable with manners of its own, and the same as JavaScript. */
export interface WildThenable {
  readonly thenable: PromiseLike<unknown>
  readonly code: string
}

type Tell = (value: unknown) => unknown

/** Makes a thenable that writes down what is done with it and what it does; `of` says whose await it is, and which. */
export function makeWild(
  world: World<CoroutinePolicy>,
  { manner, outcome, name }: Wild,
  of: Readonly<Record<string, string | number>>,
): WildThenable {
  const fails = outcome === 'reject' || manner === 'throws'
  const first = fails ? world.reason(name) : world.value(name)
  const second = manner === 'throws-after' ? world.reason('fresh') : world.value('fresh')
  const note = (op: string, value?: unknown) =>
    world.record({ type: 'touch', actor: 'thenable', op, detail: of, value: world.note(value) })
  const [op, callback] = outcome === 'fulfil' ? ['fulfil', 'fulfilled'] : ['reject', 'rejected']
  const say = (value: unknown, tell: Tell) => {
    note(op!, value)
    tell(value)
  }
  const raise = (value: unknown): never => {
    note('throws', value)
    throw value
  }
  const [one, two] = [first, second].map((value) => world.note(value).text)
  const tells = `${callback}(${one})`
  const manners: Readonly<Record<Wild['manner'], readonly [does: (tell: Tell) => void, code: string]>> = {
    'at-once': [(tell) => say(first, tell), tells],
    twice: [
      (tell) => [first, second].forEach((value) => void say(value, tell)),
      `${tells}; ${callback}(${two})`,
    ],
    'twice-later': [
      (tell) => {
        say(first, tell)
        queueMicrotask(() => say(second, tell))
      },
      `${tells}; queueMicrotask(() => ${callback}(${two}))`,
    ],
    throws: [() => raise(first), `throw ${one}`],
    'throws-after': [
      (tell) => {
        say(first, tell)
        raise(second)
      },
      `${tells}; throw ${two}`,
    ],
  }
  const [does, code] = manners[manner]
  const then = (fulfilled: Tell, rejected: Tell) => does(outcome === 'fulfil' ? fulfilled : rejected)
  return {
    thenable: { then: then as unknown as PromiseLike<unknown>['then'] },
    code: `{ then(fulfilled, rejected) { ${code} } }`,
  }
}
