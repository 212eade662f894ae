import { lazy, scenario } from 'lawful'
import { Lazy } from 'lawful/awaitables'
import { MyLazy } from './my-lazy.js'

/** A failure that was printed once, pasted as it stood: run with `node examples/regression.ts` (Node 22.18 or later). */
const race = scenario`
  ✗ lazy/single-flight                                          MyLazy · required
    At most one initialisation is in flight at any instant.

    client A    await───────────1
    client B            await─────2
    factory #1        [───────1
    factory #2              [───2 ← factory #1 is still in flight
                      ▲     ▲

    step  time  what happened
    1     0 ms  A awaits → factory #1 starts  ✗
    2     0 ms  B awaits → factory #2 starts  ✗ factory #1 is still in flight
    3     0 ms  factory #1 fulfils 1 → A gets 1
    4     0 ms  factory #2 fulfils 2 → B gets 2
`

// The class that it was printed for still has the fault; one that keeps the promise has not.
const then = await race.on(lazy({ name: 'MyLazy', create: (factory) => new MyLazy(factory) }))
const now = await race.on(lazy({ name: 'Lazy', create: (factory) => new Lazy(factory) }))
for (const { subject, verdict, by, broken } of [then, now])
  console.log(subject, verdict, `by its ${by}`, broken)
process.exitCode = then.verdict === 'violated' && now.verdict === 'holds' ? 0 : 1
