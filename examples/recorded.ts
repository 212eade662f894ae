import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memo, record } from 'lawful'
import { memo as cached } from 'lawful/awaitables'

/** A cache in front of a real server, under load: what really happens to it is judged by the laws of `memo`. */

let requests = 0
const server = createServer((request, response) => {
  requests++
  setImmediate(() => response.end(`hello ${request.url}`))
})
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
const { port } = server.address() as AddressInfo

const load = async (path: unknown): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${port}/${path}`)
  return response.text()
}

const recording = record(memo, { name: 'pages', create: (load) => cached(load) }, [load])
const pages = recording.subject
const visits = Array.from({ length: 60 }, (_, visit) => pages.get(`page-${visit % 5}`))
await Promise.all(visits)
server.close()
server.closeAllConnections()

const { schedules, verdicts } = recording.report()
console.log(`${visits.length} visits, ${requests} requests; ${schedules.bound}`)
for (const { law, verdict } of verdicts) if (verdict === 'holds') console.log(`✓ ${law}`)

const violated = verdicts.filter(({ verdict }) => verdict === 'violated')
process.exitCode = requests === 5 && violated.length === 0 ? 0 : 1
