import { expect, it } from 'vitest'
import { Fixed } from '../../src/core/choices.js'
import { Stage } from '../../src/core/world/stage.js'
import { detectHost } from '../../src/host/host.js'

it.each(['virtual', 'real'] as const)(
  'a next-tick that throws is written down in %s time, and the process lives on',
  async (time) => {
    const stage = new Stage(detectHost(), time)
    // Many: Node ends the process only once its stack of contexts is seen to be wrong.
    for (let runs = 0; runs < 20; runs++) {
      const { history } = await stage.play({
        context: { policy: {}, traits: {} },
        scheduler: new Fixed([]),
        drive: (world) => {
          const run = () =>
            process.nextTick(() => {
              throw new Error('late')
            })
          world.client('A', [{ op: 'throw', run }])
        },
      })
      expect(history.of('host-error').map(({ value }) => value?.text)).toEqual(["Error('late')"])
    }
  },
)

it('a next-tick that throws when nobody plays is thrown at the process, as ever', async () => {
  const uncaught = new Promise((resolve) => {
    const before = process.rawListeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.once('uncaughtException', (error) => {
      for (const listener of before) process.on('uncaughtException', listener as () => void)
      resolve(error)
    })
  })
  process.nextTick(() => {
    throw new Error('nobody plays')
  })
  expect(await uncaught).toEqual(new Error('nobody plays'))
})
