import {
  blame,
  firstBlame,
  type History,
  type HistoryEvent,
  type Laws,
  openAt,
  type Span,
  same,
  settledAs,
} from '../../src/core/index.js'
import type { AsyncPropertyPolicy } from './contract.js'

const reads = (h: History): readonly Span[] => h.calls('read')
const loads = (h: History): readonly Span[] => h.flights('load')
const key = ({ start }: Span): unknown => start.detail?.key

/** Instances, by the events that made them. */
const instances = (h: History): readonly HistoryEvent[] => h.of('act').filter(({ op }) => op === 'make')

const lawsOfInstances: Laws<AsyncPropertyPolicy> = {
  'single-flight': {
    level: 'required',
    statement:
      'At most one load of an instance is in flight at any instant, whatever the other instances do.',
    source: { kind: 'kit', why: 'docs/async-property.md#single-flight' },
    hint: 'Keep the promise of the load for the instance, and keep it before the first await.',
    exercised: (h) =>
      reads(h).some((read) => loads(h).some((load) => key(load) === key(read) && openAt(load, read.start))),
    violation: (h) =>
      firstBlame(loads(h), (later) => {
        const earlier = loads(h).find((load) => sameInstance(load, later) && openAt(load, later.start))
        return earlier && blame(`another load of ${key(later)} is in flight`, earlier.start, later.start)
      }),
  },
  'loads-once-per-instance': {
    level: 'required',
    statement: 'Once the load of an instance has succeeded there is no other, whatever is read in between.',
    source: { kind: 'kit', why: 'docs/async-property.md#loads-once-per-instance' },
    hint: 'Keep an entry for each instance, and a falsy value like any other: ask whether there is an entry.',
    exercised: (h) =>
      reads(h).some((read) => loads(h).some((load) => key(load) === key(read) && loaded(load, read.start))),
    violation: (h) =>
      firstBlame(loads(h), (later) => {
        const earlier = loads(h).find((load) => sameInstance(load, later) && loaded(load, later.start))
        return earlier && blame(`${key(later)} has been loaded already`, earlier.end, later.start)
      }),
  },
  'instances-never-share': {
    level: 'required',
    statement: 'Whoever reads the property of an instance gets the outcome of a load of that very instance.',
    source: { kind: 'kit', why: 'docs/async-property.md#instances-never-share' },
    hint: 'Keep the value by instance, in a WeakMap or a private field: a decorator runs once for the whole class.',
    exercised: (h) =>
      new Set(
        reads(h)
          .filter(({ end }) => end)
          .map(key),
      ).size > 1,
    violation: (h) =>
      firstBlame(reads(h), (read) => {
        const [other] = outcomes(h, read)
        return !other || outcomes(h, read).some((load) => key(load) === key(read))
          ? undefined
          : blame(
              `${read.actor} reads ${key(read)} and gets what ${key(other)} was given`,
              other.end,
              read.end,
            )
      }),
  },
  'load-is-given-the-instance': {
    level: 'required',
    statement: 'The loader is given the very instance whose property is read.',
    source: { kind: 'kit', why: 'docs/async-property.md#load-is-given-the-instance' },
    hint: 'Pass `this` on as it is: no copy, and nothing that was bound when the class was made.',
    appliesWhen: ({ policy }) =>
      policy.start === 'lazy' || 'the instance is not known yet when its load begins (`start: eager`)',
    exercised: (h) => loads(h).length > 0 && reads(h).length > 0,
    violation: (h) =>
      firstBlame(loads(h), (load) => {
        const { start } = load
        if (key(load) === 'prototype') return undefined
        const waiting = reads(h).filter((read) => openAt(read, start))
        const meant = waiting.length === 0 || waiting.some((read) => key(read) === key(load))
        return meant
          ? undefined
          : blame(`${waiting[0]!.actor} reads ${key(waiting[0]!)}`, waiting[0]!.start, start)
      }),
  },
  'loads-nothing-on-the-prototype': {
    level: 'required',
    statement: 'Reading the property on the prototype loads nothing.',
    source: { kind: 'kit', why: 'docs/async-property.md#loads-nothing-on-the-prototype' },
    hint: 'A getter runs for the prototype too: ask whether `this` is an instance.',
    exercised: (h) => h.calls('prototype').length > 0,
    violation: (h) =>
      firstBlame(loads(h), (load) => {
        const look = h.calls('prototype').find((call) => openAt(call, load.start))
        if (key(load) !== 'prototype' && !look) return undefined
        const last = h.calls('prototype').findLast(({ start }) => start.seq < load.start.seq)
        return blame('the loader runs for the prototype', (look ?? last)?.start, load.start)
      }),
  },
}

const lawsOfKinds: Laws<AsyncPropertyPolicy> = {
  'a-frozen-instance-can-be-read': {
    level: 'required',
    statement: 'The property of an instance that was frozen before its first read is read like any other.',
    source: { kind: 'kit', why: 'docs/async-property.md#a-frozen-instance-can-be-read' },
    hint: 'Do not write to the instance: a WeakMap or a private field works on a frozen object too.',
    exercised: (h) => reads(h).some((read) => read.end && read.start.detail?.frozen === true),
    violation: (h) => strange(h, ({ detail }) => detail?.frozen === true && detail?.of === 'class'),
  },
  'a-subclass-inherits-it': {
    level: 'required',
    statement: 'The property of an instance of a subclass is read like any other.',
    source: { kind: 'kit', why: 'docs/async-property.md#a-subclass-inherits-it' },
    hint: 'Do not compare the prototype or the constructor of the instance with those of the class.',
    exercised: (h) => reads(h).some((read) => read.end && read.start.detail?.of === 'subclass'),
    violation: (h) => strange(h, ({ detail }) => detail?.of === 'subclass' && detail.frozen === false),
  },
  'super-reads-it': {
    level: 'required',
    statement: 'A subclass that overrides the property can read it by way of `super`.',
    source: { kind: 'kit', why: 'docs/async-property.md#super-reads-it' },
    hint: 'Do not look the property up again on the instance: that finds the override.',
    appliesWhen: ({ traits }) =>
      traits.overridable || 'the property is the own one of each instance, and cannot be overridden',
    exercised: (h) => reads(h).some((read) => read.end && read.start.detail?.of === 'override'),
    violation: (h) => strange(h, ({ detail }) => detail?.of === 'override' && detail.frozen === false),
  },
  'an-instance-stays-collectable': {
    level: 'untested',
    statement: 'Having read the property of an instance keeps nothing of it alive.',
    source: { kind: 'kit', why: 'docs/async-property.md#an-instance-stays-collectable' },
    reason:
      'when something is collected is up to the engine, and a world cannot wait for it; a test of your own can, with the ' +
      'collector exposed (see docs/async-property.md)',
  },
}

export const laws: Laws<AsyncPropertyPolicy> = { ...lawsOfInstances, ...lawsOfKinds }

/** Whether two loads are surely of one instance: what is not known by name may be anything. */
const sameInstance = (a: Span, b: Span): boolean => key(a) === key(b) && key(a) !== 'another'

const loaded = (load: Span, event: HistoryEvent): boolean =>
  settledAs(load.end) === 'fulfilled' && load.end!.seq < event.seq

/** Loads, of whichever instance, that ended as a read did. */
const outcomes = (h: History, { end }: Span): readonly Span[] =>
  end === undefined
    ? []
    : loads(h).filter(
        (load) =>
          load.end &&
          load.end.seq < end.seq &&
          settledAs(load.end) === settledAs(end) &&
          same(load.end.value, end.value),
      )

/** A read, of a kind of instance, that was answered with what no load gave. */
const strange = (h: History, concerns: (start: HistoryEvent) => boolean) =>
  firstBlame(reads(h), (read) =>
    read.end && concerns(read.start) && outcomes(h, read).length === 0
      ? blame(
          `${read.actor} ${settledAs(read.end) === 'fulfilled' ? 'gets' : 'hears'} ${read.end.value?.text}, and no load gave that`,
          instances(h).find(({ detail }) => detail?.key === key(read)),
          read.end,
        )
      : undefined,
  )
