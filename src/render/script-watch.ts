/** What a script needs besides to play a run that never ends: such a run is played in a thread, which can be ended. */
export const watch = {
  /** Before the steps: the main thread listens instead of playing. */
  begin: `// The subject never gives control back in this run. It is played in a thread, which is ended after two seconds of silence.
const { isMainThread, parentPort, Worker } = process.getBuiltinModule('node:worker_threads')
if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url))
  await new Promise((resolve) => {
    const end = () => thread.terminate().then(() => kit.note('the subject never gives control back'))
    // To begin with, it has to load.
    let patience = setTimeout(end, 10_000)
    thread.on('message', (words) => {
      kit.note(words)
      clearTimeout(patience)
      patience = setTimeout(end, 2000)
    })
    thread.on('exit', () => {
      clearTimeout(patience)
      setImmediate(resolve)
    })
  })
  kit.step = async () => {}
} else {
  kit.note = (words) => parentPort.postMessage(words)
}`,

  /** After the steps, where the thread has come this far after all. */
  end: 'if (!isMainThread) process.exit()',
} as const
