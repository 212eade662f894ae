import { EventEmitter, once } from 'node:events'
import { expect, it } from 'vitest'
import type { Emitter, EventAdapter } from '../../properties/call/contract.js'
import { WatchedEmitter } from '../../properties/call/emitter.js'

/** Runs the same on the kit's emitter and on Node's, and gives what each of them logged. */
function both(play: (emitter: EventEmitter, log: unknown[]) => void): [unknown[], unknown[]] {
  const ours: unknown[] = []
  const nodes: unknown[] = []
  play(new WatchedEmitter(() => {}) as unknown as EventEmitter, ours)
  play(new EventEmitter(), nodes)
  return [ours, nodes]
}

it('does as an emitter of Node does', () => {
  const [ours, nodes] = both((emitter, log) => {
    const twice = (value: unknown) => log.push(`twice ${value}`)
    const onto = (value: unknown) => {
      log.push(`onto ${value}`)
      emitter.off('done', last)
    }
    const last = (value: unknown) => log.push(`last ${value}`)
    log.push(emitter.emit('done', 'nobody'))
    emitter.on('done', twice).addListener('done', twice).once('done', onto).on('done', last)
    emitter.prependListener('done', () => log.push('first'))
    emitter.prependOnceListener('done', () => log.push('before the first'))
    log.push(emitter.listenerCount('done'), emitter.emit('done', 1), emitter.emit('done', 2))
    emitter.removeListener('done', twice).off('done', () => {})
    log.push(emitter.listenerCount('done'), emitter.listeners('done').length, emitter.eventNames())
    emitter.emit('done', 3)
    emitter.once('other', twice).removeAllListeners('done')
    log.push(emitter.eventNames(), emitter.rawListeners('done').length)
    emitter.removeAllListeners()
    log.push(emitter.eventNames(), emitter.emit('other'))
  })
  expect(ours).toEqual(nodes)
})

it('tells of every listener that comes or goes', () => {
  const told: string[] = []
  const emitter = new WatchedEmitter((event, count) => told.push(`${event} ${count}`))
  const listener = () => {}
  emitter.on('done', listener).once('done', listener).off('other', listener)
  emitter.emit('done')
  emitter.off('done', listener)
  expect(told).toEqual(['done 1', 'done 2', 'done 1', 'done 0'])
})

it('serves `events.once` of Node', async () => {
  const emitter = new WatchedEmitter(() => {})
  const done = once(emitter as unknown as EventEmitter, 'done')
  emitter.emit('done', 1, 2)
  expect(await done).toEqual([1, 2])
  expect(emitter.eventNames()).toEqual([])
})

it('may be annotated as an emitter of Node, which is assignable to it', () => {
  const node: Emitter = new EventEmitter()
  const adapter: EventAdapter = {
    name: 'by Node',
    kind: 'event',
    next: async (emitter: EventEmitter, event) => (await once(emitter, event))[0],
  }
  expect(node.emit(adapter.kind)).toBe(false)
})
