import type { LawVerdict, Report } from 'lawful'
import { describe, expect, it } from 'vitest'
import { badgeOf, renderBadge } from '../../src/render/badge.js'

const verdict = (kind: LawVerdict['verdict'], level: LawVerdict['level'] = 'required'): LawVerdict => ({
  law: 'lazy/a',
  level,
  verdict: kind,
  exercised: 1,
})

const report = (...verdicts: LawVerdict[]): Report => ({
  subject: 'MyLazy',
  protocol: 'lazy',
  seed: 42,
  runtime: 'node 20.20.2',
  drain: 'sync',
  clock: 'virtual',
  runs: 300,
  schedules: { explored: 300, total: null, complete: false, bound: '300 drawn' },
  verdicts,
})

const told = (...reports: Report[]) => {
  const { message, color } = badgeOf(reports)
  return `${message}, ${color}`
}

describe('a badge', () => {
  it('counts what holds, under all protocols of the subject', () => {
    expect(told(report(verdict('holds'), verdict('not-applicable')), report(verdict('holds')))).toBe(
      '2 laws hold, brightgreen',
    )
  })

  it('tells of what is broken first', () => {
    const broken = verdict('violated')
    expect(told(report(broken, verdict('holds'), verdict('unknown')))).toBe('1 law broken, red')
    expect(told(report(verdict('holds'), verdict('violated', 'recommended')))).toBe(
      '1 law holds, 1 recommended broken, yellow',
    )
  })

  it('does not praise what is not known', () => {
    expect(told(report(verdict('unknown'), verdict('holds')))).toBe('not known, lightgrey')
    expect(told(report(verdict('unexercised')))).toBe('no law exercised, lightgrey')
  })

  it('is what the endpoint of shields.io reads, and a picture', () => {
    const badge = badgeOf([report(verdict('holds'))])
    expect(badge).toEqual({ schemaVersion: 1, label: 'lawful', message: '1 law holds', color: 'brightgreen' })
    expect(renderBadge(badge)).toMatch(/^<svg .*lawful: 1 law holds.*<\/svg>\n$/s)
  })
})
