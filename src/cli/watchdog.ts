/**
 * A setup file of the command line: the trampolines, and a thread that ends the process when it gives no sign of life.
 * A check terminates a subject that hangs by itself; this is for what no check can reach, such as a module that loops
 * while it is loaded.
 */
import '../setup.js'
import { Worker } from 'node:worker_threads'
import { inject } from 'vitest'

const HEARTBEAT_MS = 500

/** Runs in the thread. A flag in shared memory is lowered at every look, and raised again by every heartbeat. */
const WATCH = `
const { workerData: { alive, limitMs } } = require('node:worker_threads')
setInterval(() => {
  if (Atomics.exchange(alive, 0, 0) === 0) process.kill(process.pid, 'SIGKILL')
}, limitMs)
`

const { hangLimitMs } = inject('lawful') ?? {}
if (hangLimitMs !== undefined) {
  const alive = new Int32Array(new SharedArrayBuffer(4))
  const beat = () => Atomics.store(alive, 0, 1)
  beat()
  setInterval(beat, Math.min(HEARTBEAT_MS, hangLimitMs / 4)).unref()
  new Worker(WATCH, { eval: true, workerData: { alive, limitMs: hangLimitMs } }).unref()
}
