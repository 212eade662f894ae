import { expect, test } from 'vitest'
import { Future } from '../../src/awaitables/index.js'
import { detectHost } from '../../src/host/host.js'

const host = detectHost()

/** What the host reports of a piece of code, once its microtasks have run. */
async function reports(body: () => void) {
  const seen: string[] = []
  await host.section(() => {
    const stop = host.listen({
      unhandled: (reason) => seen.push(`unhandled ${reason}`),
      handled: () => seen.push('handled'),
      uncaught: (error) => seen.push(`uncaught ${error}`),
    })
    body()
    host.drain!()
    stop()
  }, 1000)
  return seen
}

test('a rejection that nobody handles is reported to the host', async () => {
  const reject = () => {
    const future = new Future<number>()
    future.addDoneCallback(() => {})
    future.setException('lost')
  }
  expect(await reports(reject)).toEqual(['unhandled lost'])
})

test('a rejection that is handled is not reported, nor one that was read', async () => {
  const handle = () => {
    const caught = new Future<number>()
    caught.catch(() => {})
    caught.setException('caught')
    const read = new Future<number>()
    read.addDoneCallback((future) => {
      try {
        future.result()
      } catch {}
    })
    read.setException('read')
  }
  expect(await reports(handle)).toEqual([])
})

test('an error in a callback is reported to the host, and the other callbacks run', async () => {
  const seen: string[] = []
  const fail = () => {
    const future = new Future<number>()
    future.addDoneCallback(() => {
      throw 'mine'
    })
    future.addDoneCallback(() => seen.push('other'))
    future.setResult(1)
  }
  expect(await reports(fail)).toEqual(['uncaught mine'])
  expect(seen).toEqual(['other'])
})
