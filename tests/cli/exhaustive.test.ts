import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Certificate } from '../../src/cli/certificate.js'
import { FIXTURES, lawful } from './run.js'

const SLOW = { timeout: 60_000 }
const scratch = mkdtempSync(join(tmpdir(), 'lawful-'))
const CERTIFICATE = '.lawful/certificates/lazy-KeptLazy.json'

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
  rmSync(join(FIXTURES, '.lawful/certificates'), { recursive: true, force: true })
})

describe('an exhaustive run', SLOW, () => {
  it('says what it proved and certifies it, and the certificate can be verified', async () => {
    const { code, out, err } = await lawful(['holds', '--exhaustive', '--scope', 'clients=4,failures=1'])
    expect(out).toContain('7 of 7 schedules (complete for 4 clients, 1 failure, up to symmetry)')
    expect(err).toContain(`certificate  ${CERTIFICATE}`)
    expect(code).toBe(0)
    const certificate = JSON.parse(readFileSync(join(FIXTURES, CERTIFICATE), 'utf8')) as Certificate
    expect(certificate).toMatchObject({
      subject: 'KeptLazy',
      protocol: 'lazy',
      file: 'holds/kept-lazy.laws.ts',
      scope: { clients: 4, failures: 1 },
      schedules: 7,
    })
    expect(certificate.holds).toContain('lazy/single-flight')
    expect(await lawful(['verify', CERTIFICATE])).toMatchObject({ code: 0, err: '' })
  })

  it('does not verify what is not so', async () => {
    await lawful(['holds', '--exhaustive'])
    const certificate = JSON.parse(readFileSync(join(FIXTURES, CERTIFICATE), 'utf8')) as Certificate
    const other: Certificate = {
      ...certificate,
      adapter: 'another',
      holds: ['lazy/hums-a-tune'],
      schedules: 1,
    }
    const path = join(scratch, 'other.json')
    writeFileSync(path, JSON.stringify(other))
    const { code, out } = await lawful(['verify', path])
    expect(code).toBe(1)
    expect(out).toContain('the adapter is not the one that was certified')
    expect(out).toContain('lazy/hums-a-tune does not hold: there is no such law')
    expect(out).toContain('schedules instead of 1')
  })

  it.each([
    ['a scope without it', ['holds', '--scope', 'clients=2'], 'add --exhaustive'],
    ['a number of runs', ['holds', '--exhaustive', '--runs', '3'], 'draws nothing'],
    ['a size that there is not', ['holds', '--exhaustive', '--scope', 'moons=2'], 'clients=5,failures=2'],
    ['a certificate that is none', ['verify', 'holds/kept-lazy.laws.ts'], 'is no certificate'],
    ['no certificate', ['verify', 'nowhere.json'], 'there is no certificate'],
  ])('is refused with one line for %s', async (_, args, words) => {
    const { code, err } = await lawful(args)
    expect(err).toMatch(/^lawful: [^\n]+\n$/)
    expect(err).toContain(words)
    expect(code).toBe(2)
  })
})
