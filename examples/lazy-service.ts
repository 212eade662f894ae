import { LazyService } from 'lawful/awaitables'

/** A lazy resource: run with `node examples/lazy-service.ts` (Node 22.18 or later) or `npx tsx examples/lazy-service.ts`. */
const log: string[] = []
const pause = () => new Promise((resolve) => setTimeout(resolve, 10))

let connections = 0
async function connect() {
  const number = ++connections
  await pause()
  log.push(`open ${number}`)
  return { number, query: (text: string) => `${text}, by connection ${number}` }
}

async function disconnect({ number }: { readonly number: number }) {
  await pause()
  log.push(`close ${number}`)
}

const database = new LazyService(connect, disconnect)

// Three clients at once: one connection.
const [client] = await Promise.all([database.get(), database.get(), database.get()])
console.log(client.query('select 1'))

// Whoever asks while it is being closed gets a new connection, as soon as the old one is gone.
const [, next] = await Promise.all([database.dispose(), database.get()])
console.log(next.query('select 2'))
console.log(database.stats().accessCount, 'gets')

// A dispose while it is opened: who waits is told so, and what is opened is closed.
await database.dispose()
const waiting = database.get().catch((reason) => reason.name)
await database[Symbol.asyncDispose]()
console.log(await waiting)

// Shared: the last one who leaves closes. In a program: `await using` something whose disposal is the service's.
const shared = new LazyService(connect, disconnect, { shared: true })
await Promise.all([shared.get(), shared.get()])
await shared.dispose()
log.push('one has left')
await shared.dispose()

const right = 'open 1, close 1, open 2, close 2, open 3, close 3, open 4, one has left, close 4'
console.log(log.join(', '))
process.exitCode = log.join(', ') === right ? 0 : 1
