import type { HistoryEvent, Outcome, World } from '../../src/core/index.js'
import type { CoroutinePolicy } from './contract.js'

/** What a body may add to a line. */
export interface Line {
  readonly value?: unknown
  readonly outcome?: Outcome
  readonly detail?: NonNullable<HistoryEvent['detail']>
}

/** Where a body writes down what it does, and how its code says the same. */
export class Notebook {
  readonly #world: World<CoroutinePolicy>
  readonly #client: string

  constructor(world: World<CoroutinePolicy>, client: string) {
    this.#world = world
    this.#client = client
  }

  /** Writes a line. A `value` that is `undefined` counts where the key is there. */
  note(op: string, line: Line = {}): void {
    const value = 'value' in line ? this.#world.note(line.value) : undefined
    const { outcome, detail } = line
    this.#world.record({ type: 'handler', actor: `body ${this.#client}`, op, value, outcome, detail })
  }

  /** The same in code: a function to be called with the value. */
  seen(op: string): string {
    return `seen('body ${this.#client}', '${op}')`
  }

  /** What the code of bodies needs, around an expression that contains some. */
  around(expression: string): string {
    const needs: readonly (readonly [call: string, declaration: string])[] = [
      ['driven(', this.#wait('driven', 'yield')],
      ['awaited(', this.#wait('awaited', 'yield* adapter.suspend(value)')],
      ['nest(', NEST],
    ]
    const lines = needs.filter(([call]) => expression.includes(call)).map(([, declaration]) => declaration)
    return `(() => {\n${[...lines, `return ${expression}`].join('\n')}\n})()`
  }

  #wait(name: string, suspension: string): string {
    return `const ${name} = function* (value) {
${this.seen('suspension')}()
try { const given = ${suspension}; ${this.seen('continuation')}(given); return given }
catch (error) { ${this.seen('interruption')}(error); throw error }
}`
  }
}

const NEST = `const nest = function* (depth, block) {
return yield* depth > 1 ? nest(depth - 1, block) : block()
}`
