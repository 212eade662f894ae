import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../src/core/index.js'
import { detectHost } from '../../src/host/host.js'
import { catalogue } from '../../src/index.js'
import { type Finding, probeModule } from '../../src/init/probe.js'

const bench = { host: detectHost(), catalogue }

async function propose(module: string, exported?: string): Promise<readonly Finding[]> {
  const loaded = (await import(module)) as Record<string, unknown>
  const request = { module: 'subject', typed: false, ...(exported ? { exported } : {}) }
  const evaluate = async (name: string, subject: unknown, texts: readonly string[]) =>
    texts.map((text) => new Function(name, `return (${text})`)(subject) as Adapter)
  return (await probeModule(bench, loaded, request, evaluate)).findings
}

describe('of published packages', () => {
  it.each([
    ['p-lazy', 'default', 'lazy', 'subject.from(factory)'],
    ['p-limit', 'default', 'lock', '({ run: subject'],
    ['p-defer', 'default', 'future', 'subject.promise'],
    ['async-mutex', 'Mutex', 'lock', 'subject.runExclusive(fn)'],
    ['async-mutex', 'Semaphore', 'lock', '(await subject.acquire())[1]'],
    ['bluebird', 'default', 'thenable', '(resolve, reject) =>'],
    ['p-throttle', 'default', 'call', '({ limit: 1, interval: waitMs'],
  ])('%s %s is proposed as %s', async (module, exported, protocol, text) => {
    const [finding] = await propose(module, exported)
    const [best] = finding!.fits
    expect(best).toMatchObject({ protocol, fits: true, broken: [] })
    expect(best!.members.join('\n').replaceAll(finding!.name, 'subject')).toContain(text)
  })
})

describe("of the kit's own awaitables", () => {
  it.each([
    ['lazy', 'Lazy', 'lazy'],
    ['memo', 'memo', 'memo'],
    ['cached', 'Cached', 'ttl-cache'],
    ['future', 'Future', 'future'],
    ['retry', 'Retry', 'retry'],
    ['sleep', 'sleep', 'delay'],
    ['semaphore', 'Semaphore', 'lock'],
    ['debounced', 'Debounced', 'call'],
    ['timeout', 'Timeout', 'call'],
    ['pipe', 'Pipe', 'pipe'],
    ['progress', 'Progress', 'progress'],
    ['lazy-service', 'LazyService', 'service'],
  ])('%s.ts: %s is proposed as %s', async (file, exported, protocol) => {
    const [finding] = await propose(`../../src/awaitables/${file}.js`, exported)
    expect(finding!.fits[0]).toMatchObject({ protocol, fits: true, broken: [] })
  })
})
