import { AdapterError, type SourceCall, type Step, type Traits, type World } from '../../src/core/index.js'
import type { AsyncPropertyAdapter, AsyncPropertyClass, AsyncPropertyPolicy } from './contract.js'
import type { Making, Move, Scenario } from './scenario.js'

const CLIENTS = ['A', 'B', 'C']
const INSTANCES = ['a', 'b', 'c']

type Made = AsyncPropertyClass<unknown>
type Constructor = Made['Class']

/** Plays a scenario: instances are made first, and then read. */
export function drive(
  world: World<AsyncPropertyPolicy>,
  adapter: AsyncPropertyAdapter,
  { load, instances, clients }: Scenario,
): void {
  const names = new Names()
  const detail = ([self]: readonly unknown[]) => ({ key: names.of(self) })
  const source = world.source('load', load, { detail })
  const made = open(world, adapter, source)
  const { prototype } = made.Class as unknown as { prototype: object }
  names.set(prototype, 'prototype')
  world.values.note(prototype, 'Class.prototype')
  const selves = instances.map((making, index) => make(world, made, making, INSTANCES[index]!, names))
  for (const [index, moves] of clients.entries()) {
    const steps = moves.map((move) =>
      move.op === 'read' ? read(made, selves, move) : look(world, made, prototype, move),
    )
    world.client(CLIENTS[index]!, steps)
  }
}

/** What the objects are called that a loader may be given. */
class Names {
  readonly #known = new Map<unknown, string>()
  #making: string | undefined

  set(object: object, name: string): void {
    this.#known.set(object, name)
  }

  of(object: unknown): string {
    const name = this.#known.get(object) ?? this.#making
    if (name === undefined) return 'another'
    this.#known.set(object, name)
    return name
  }

  /** What is met first meanwhile is what is being made: a load may begin in the constructor. */
  making(name: string, maker: () => object): object {
    this.#making = name
    try {
      return maker()
    } finally {
      this.#making = undefined
    }
  }
}

/** Somebody whose property is read. */
interface Self {
  readonly name: string
  readonly making: Making
  readonly object: object
}

const read = (made: Made, selves: readonly Self[], { instance, inject }: Move): Step => {
  const { name, making, object } = selves[instance % selves.length]!
  return {
    op: 'read',
    run: () => made.read(object),
    inject,
    afterAnswer: true,
    from: 'load',
    detail: { key: name, of: making.of, frozen: making.frozen },
    code: `subject.read(given.${name})`,
  }
}

/** Reads the property where no instance is. Whether that throws or gives something is the subject's business. */
const look = (
  world: World<AsyncPropertyPolicy>,
  { key }: Made,
  prototype: object,
  { inject }: Move,
): Step => ({
  op: 'prototype',
  run() {
    try {
      const found: unknown = Reflect.get(prototype, key)
      if (found instanceof Promise && Object.getPrototypeOf(found) === Promise.prototype) world.keep(found)
    } catch {}
  },
  inject,
  answers: 'value',
  code: '(() => { try { subject.Class.prototype[subject.key] } catch {} })()',
})

function make(
  world: World<AsyncPropertyPolicy>,
  made: Made,
  making: Making,
  name: string,
  names: Names,
): Self {
  const Class = classOf(made, making.of)
  const object = world.create(() => names.making(name, () => new Class()))
  names.set(object, name)
  if (making.frozen) Object.freeze(object)
  const value = world.values.note(object, name)
  const maker = CODE[overridable(made) ? making.of : 'class']
  const code = `given.${name} = kit.named('${name}', ${making.frozen ? `Object.freeze(${maker})` : maker})`
  world.record({ type: 'act', actor: 'world', op: 'make', value, code, detail: { key: name, ...making } })
  return { name, making, object }
}

const CODE = {
  class: 'new subject.Class()',
  subclass: 'new (class extends subject.Class {})()',
  override: 'new (class extends subject.Class { get [subject.key]() { return super[subject.key] } })()',
} as const

function classOf({ Class, key }: Made, of: Making['of']): Constructor {
  if (of === 'class') return Class
  const Subclass = class extends Class {}
  const inherited = of === 'override' ? inheritedFrom(Class, key) : undefined
  // As `super[key]` does: looked up on the parent, on behalf of the instance.
  const parents = (self: object) => Reflect.get(Class.prototype, key, self)
  if (inherited?.get) {
    const get = function (this: object) {
      return parents(this)
    }
    Object.defineProperty(Subclass.prototype, key, { get, configurable: true })
  } else if (typeof inherited?.value === 'function') {
    const value = function (this: object, ...args: unknown[]) {
      return Reflect.apply(parents(this), this, args)
    }
    Object.defineProperty(Subclass.prototype, key, { value, configurable: true })
  }
  return Subclass
}

function inheritedFrom(Class: Constructor, key: string): PropertyDescriptor | undefined {
  for (let holder: unknown = Class.prototype; holder; holder = Object.getPrototypeOf(holder)) {
    const found = Object.getOwnPropertyDescriptor(holder, key)
    if (found) return found
  }
  return undefined
}

/** Whether the property is on the prototype, so that a subclass can have one of its own. */
function overridable({ Class, key }: Made): boolean {
  const inherited = inheritedFrom(Class, key)
  return inherited?.get !== undefined || typeof inherited?.value === 'function'
}

function open(
  world: World<AsyncPropertyPolicy>,
  adapter: AsyncPropertyAdapter,
  load: (self: object) => unknown,
): Made {
  const made = world.create(() => adapter.create(load), 'adapter.create(load)') as Partial<Made> | undefined
  const { Class, key, read } = made ?? {}
  if (typeof Class === 'function' && typeof key === 'string' && typeof read === 'function')
    return made as Made
  throw new AdapterError(
    `\`create\` of ${adapter.name} must return { Class, key, read }, not ${world.note(made).text}`,
  )
}

const plan: SourceCall = { give: 'promise', outcome: 'fulfil', value: 'fresh' }

/** Whether subclasses can override the property. */
export function examine(world: World<AsyncPropertyPolicy>, adapter: AsyncPropertyAdapter): Traits {
  return { overridable: overridable(open(world, adapter, world.source('load', [plan]))) }
}
