import { AdapterError, type World } from '../../src/core/index.js'
import { Board, boardCode } from './board.js'
import type { OffloadAdapter, OffloadHandle, OffloadPolicy } from './contract.js'

/** A pool in a world, with its board and the JavaScript that both go by. */
export interface Pool {
  readonly index: number
  readonly handle: OffloadHandle
  readonly threads: number
  /** How much work it does at once, as far as is known: fewer than it has threads where one was seen to stay idle. */
  width: number
  readonly board: Board
  readonly code: string
  readonly cells: string
  /** Whether it was told to end its workers. */
  destroyed: boolean
}

type Offloading = World<OffloadPolicy>

/** Makes pools one after the other: `use` gets them in this very turn where they are there now. */
export function openPools<R>(
  world: Offloading,
  adapter: OffloadAdapter,
  threads: readonly number[],
  use: (pools: readonly Pool[]) => R,
  made: readonly Pool[] = [],
): R | PromiseLike<R> {
  const count = threads[made.length]
  if (count === undefined) return use(made)
  const open = (subject: OffloadHandle): R | PromiseLike<R> => {
    const pool = openPool(world, adapter, subject, count, made.length)
    return openPools(world, adapter, threads, use, [...made, pool])
  }
  const create = () => adapter.create({ threads: count })
  return world.open(create, `adapter.create({ threads: ${count} })`, open) as R | PromiseLike<R>
}

function openPool(
  world: Offloading,
  adapter: OffloadAdapter,
  handle: OffloadHandle,
  threads: number,
  index: number,
): Pool {
  if (typeof handle?.run !== 'function') {
    throw new AdapterError(
      `\`create\` of ${adapter.name} must return a handle with \`run\`, not ${world.note(handle).text}`,
    )
  }
  const [code, cells] = [`given.pool${index}`, `given.cells${index}`]
  world.record({
    type: 'act',
    actor: 'world',
    op: 'share memory',
    code: `${code} = subject, ${boardCode(cells)}`,
  })
  return {
    index,
    handle,
    threads,
    width: threads,
    board: new Board(world.thread),
    code,
    cells,
    destroyed: false,
  }
}

/** Tells a pool to end its workers. Returns the id of that call. */
export function destroy(world: Offloading, pool: Pool, owed: () => boolean): number {
  pool.destroyed = true
  world.disposed = true
  return world.call('owner', {
    op: 'destroy',
    run: () => pool.handle.destroy?.(),
    owed,
    detail: { pool: pool.index },
    code: `${pool.code}.destroy()`,
  })
}
