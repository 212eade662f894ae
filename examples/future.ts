import { Future } from 'lawful/awaitables'

/** A value that somebody else will bring: run with `node examples/future.ts` (Node 22.18 or later). */
const parcel = new Future<string>()
const told: string[] = []
parcel.addDoneCallback((done) => told.push(`callback: ${done.state}`))

const waiting = Promise.all([parcel, parcel.then((content) => content.toUpperCase())])
parcel.setResult('books')
// It has been settled: the first counts, and what comes later is ignored.
parcel.setException(new Error('lost'))
parcel.cancel()

console.log(await waiting, parcel.state, parcel.result())
console.log(told)

// A cancelled one rejects whoever waits.
const letter = new Future<string>()
const reason = letter.catch((error) => (error as Error).name)
letter.cancel()
console.log(letter.state, await reason)

process.exitCode =
  parcel.state === 'fulfilled' && (await reason) === 'AbortError' && told.length === 1 ? 0 : 1
