import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { Board, boardCode, openCode, type Ticket, ticketCode } from '../../properties/offload/board.js'

const require = createRequire(import.meta.url)
const work = require('lawful/offload-cases') as Record<string, (input?: unknown) => unknown> &
  ((...call: unknown[]) => unknown)

/** Runs a case in a thread of its own, by the entry that it finds there. */
function inThread(caseName: string, input: unknown, load: string) {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads')
    ${load}.then(async (run) => {
      try {
        parentPort.postMessage(['fulfilled', await run(workerData.caseName, workerData.input)])
      } catch (reason) {
        parentPort.postMessage(['rejected', reason])
      }
    })`
  const worker = new Worker(code, { eval: true, workerData: { caseName, input } })
  const answer = new Promise((resolve) => worker.once('message', resolve))
  const exit = new Promise<number>((resolve) => worker.once('exit', resolve))
  return { worker, answer, exit }
}

const commonJs = `Promise.resolve(require(${JSON.stringify(require.resolve('lawful/offload-cases'))}))`
const esModule = `import(${JSON.stringify(import.meta.resolve('lawful/offload-cases'))}).then((all) => all.default)`

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('lawful/offload-cases', () => {
  it.each([
    ['CommonJS', commonJs],
    ['an ES module', esModule],
  ])('is there as %s', async (_, load) => {
    expect(await inThread('echo', { a: 1 }, load).answer).toEqual(['fulfilled', { a: 1 }])
    expect(await inThread('throwReason', null, load).answer).toEqual(['rejected', null])
    expect(await inThread('rejectReason', 0, load).answer).toEqual(['rejected', 0])
  })

  it('has the same names in both', async () => {
    const module = await import('lawful/offload-cases')
    const names = ['echo', 'exit', 'never', 'rejectReason', 'spin', 'throwReason', 'unclonable']
    expect(Object.keys(module).sort()).toEqual(['default', ...names].sort())
    expect(Object.keys(work).sort()).toEqual(names)
  })

  it('is called with a name and an input, or with one argument', () => {
    expect(work('echo', 7)).toBe(7)
    expect(work({ caseName: 'echo', input: 7 })).toBe(7)
    expect(work(['echo', 7])).toBe(7)
    expect(work('echo')).toBeUndefined()
    expect(() => work('nothing')).toThrow('there is no case nothing, only echo, spin')
    expect(() => work('toString')).toThrow('there is no case toString')
  })

  it('gives and throws what cannot be cloned', () => {
    expect(() => structuredClone(work('unclonable'))).toThrow('could not be cloned')
    expect(() => work('unclonable', 'reason')).toThrow(expect.any(Function) as Error)
  })

  it('blocks its thread until its gate is opened, and is counted meanwhile', async () => {
    const board = new Board(0)
    const [one, two] = [board.ticket('one'), board.ticket('two')]
    const threads = [inThread('spin', one, commonJs), inThread('spin', two, esModule)]
    await until(() => board.begun(one) && board.begun(two))
    expect(board.most).toBe(2)
    expect([board.ended(one), board.ended(two)]).toEqual([false, false])
    board.open(two)
    expect(await threads[1]?.answer).toEqual(['fulfilled', 'two'])
    expect([board.ended(one), board.ended(two)]).toEqual([false, true])
    board.open(one)
    expect(await threads[0]?.answer).toEqual(['fulfilled', 'one'])
    expect(board.most).toBe(2)
  })

  it('does neither block nor end the thread that it was called from', () => {
    const ticket = new Board(require('node:worker_threads').threadId).ticket(1)
    expect(work('spin', ticket)).toBe('ran in the thread of its caller')
    expect(work('exit', ticket)).toBe('ran in the thread of its caller')
  })

  it('exits with the code of its ticket, having told that it began', async () => {
    const board = new Board(-1)
    const ticket = board.ticket(3)
    expect(await inThread('exit', ticket, commonJs).exit).toBe(3)
    expect(board.begun(ticket)).toBe(true)
  })

  it('never ends, and does not block', async () => {
    const board = new Board(-1)
    const ticket = board.ticket(1)
    const { worker } = inThread('never', ticket, commonJs)
    await until(() => board.begun(ticket))
    await worker.terminate()
    expect(board.ended(ticket)).toBe(false)
  })
})

it('a board can be written as JavaScript, for stand-alone scripts', () => {
  const ticket = new Board(0).ticket(7)
  const given: { cells?: SharedArrayBuffer } = {}
  const run = (code: string) => new Function('given', `return (${code})`)(given)
  run(boardCode('given.cells'))
  const written = run(ticketCode('given.cells', ticket, '7')) as Ticket
  expect({ ...written, cells: null }).toEqual({ ...ticket, cells: null })
  expect(given.cells?.byteLength).toBe(ticket.cells.byteLength)
  run(openCode('given.cells', ticket))
  expect(new Int32Array(given.cells!)[ticket.gate]).toBe(1)
})

it('a board does not run out unnoticed', () => {
  const board = new Board(0)
  for (let n = 0; n < 16; n++) board.ticket(n)
  expect(() => board.ticket(16)).toThrow(RangeError)
})
