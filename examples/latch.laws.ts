import { array, blame, defineProtocol, firstBlame, integer, kind, recordOf } from 'lawful'
import { describeLaws } from 'lawful/vitest'

/** What anyone who has a latch plugs in. */
interface LatchAdapter {
  readonly name: string
  create(): { wait(): PromiseLike<void>; open(): void }
}

const latch = defineProtocol<LatchAdapter, object>({
  name: 'latch',
  summary: 'A gate that is opened once, for all who wait and all who come later.',
  policies: {},
  members: { create: 'function' },
  // Nothing left behind, nobody left waiting: those laws come for free.
  refines: [{ protocol: 'hygiene' }],
  kinds: {
    waiting: kind({
      arbitrary: () =>
        recordOf({ waits: array(integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }) }),
      drive(world, adapter, { waits }) {
        const subject = adapter.create()
        for (const [index, count] of waits.entries()) {
          const step = { op: 'wait', run: () => subject.wait(), code: 'subject.wait()' }
          world.client('ABC'[index]!, Array(count).fill(step))
        }
        world.client('O', [
          { op: 'open', run: () => subject.open(), answers: 'value', code: 'subject.open()' },
        ])
      },
    }),
  },
  laws: {
    'nobody-passes-while-closed': {
      level: 'required',
      statement: 'No wait is over before the latch is opened.',
      source: { kind: 'kit', why: 'examples/latch.laws.ts' },
      hint: 'Resolve the waiters in `open`, and nowhere else.',
      exercised: (h) => h.calls('wait').length > 0,
      violation: (h) => {
        const opened = h.calls('open')[0]?.start.seq ?? Number.POSITIVE_INFINITY
        return firstBlame(h.calls('wait'), ({ end }) => {
          return end && end.seq < opened && blame(`${end.actor} passes a closed latch`, end)
        })
      },
    },
  },
})

describeLaws(
  latch({
    name: 'latch of a promise',
    create() {
      let open!: () => void
      const opened = new Promise<void>((resolve) => {
        open = resolve
      })
      return { wait: () => opened, open }
    },
  }),
)
