import { Progress } from 'lawful/awaitables'

/** Steps that report: run with `node examples/progress.ts` (Node 22.18 or later) or `npx tsx examples/progress.ts`. */
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const bar = (percent: number) =>
  `[${'#'.repeat(Math.floor(percent / 10)).padEnd(10)}] ${Math.floor(percent)} %`

const shown: string[] = []
const show = (percent: number) => {
  shown.push(bar(percent))
  console.log(bar(percent))
}

const pages = await new Progress({
  steps: 4,
  async step(index) {
    await wait(5)
    return `page ${index + 1}`
  },
  onProgress: show,
})
console.log(pages.join(', '))

// A step that fails ends the run; what has been done stays reported, and it never says 100.
const failed = new Progress({
  steps: 3,
  step: (index) => (index === 2 ? Promise.reject(new Error('page 3 is torn')) : index),
  onProgress: show,
})
const reason = await failed.catch((error) => (error as Error).message)
console.log(reason)

// An abort is heeded between two steps.
const controller = new AbortController()
const stopped = new Progress({
  steps: 100,
  async step(index) {
    await wait(1)
    if (index === 4) controller.abort('enough')
  },
  signal: controller.signal,
})
const why = await stopped.catch((aborted) => aborted)
console.log(why)

const isRight =
  pages.length === 4 && shown.filter((line) => line.endsWith(' 100 %')).length === 1 && why === 'enough'
process.exitCode = isRight ? 0 : 1
