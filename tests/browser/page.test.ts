import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import flagged from '../../fixtures/mutants/lazy/checks-a-flag-before-an-unlocked-await.js'
import { Lazy } from '../../src/awaitables/index.js'
import { check, future, lazy, type Suite } from '../../src/index.js'
import { type PageEntry, renderPage } from '../../src/render/page.js'
import { describeSuite } from '../../src/runners/record.js'

const folder = mkdtempSync(join(tmpdir(), 'lawful-page-'))
const file = join(folder, 'report.html')
const errors: string[] = []
let browser: Browser
let page: Page

const entry = async (suite: Suite): Promise<PageEntry> => {
  const { laws, policy, docs } = describeSuite(suite)
  const report = await check(suite, { runs: 60 })
  return { report, laws, policy, docs, scripts: { 'lazy/single-flight': 'console.log("<script>")' } }
}

beforeAll(async () => {
  const entries = [
    await entry(
      lazy({ name: 'Lazy <kept>', create: (factory) => new Lazy(factory), docs: 'https://example.org/lazy' }),
    ),
    await entry(flagged.suite),
    await entry(future({ name: 'native', create: withResolvers })),
  ]
  writeFileSync(file, renderPage(entries, { title: 'what holds', badges: true }))
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking']
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
  page = await browser.newPage()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => errors.push(message.text()))
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) errors.push(`asks for ${request.url()}`)
  })
  await page.goto(pathToFileURL(file).href)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

const withResolvers = () => {
  let resolve!: (value: unknown) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise((fulfil, fail) => {
    resolve = fulfil
    reject = fail
  })
  return { promise, resolve, reject }
}

const subjects = () => page.locator('tbody tr:visible th').allTextContents()

describe('the page', { timeout: 30_000 }, () => {
  it('shows every subject under its protocol', async () => {
    expect(await page.title()).toBe('what holds')
    expect(await page.locator('h2').allTextContents()).toEqual(['lazy', 'future'])
    expect(await subjects()).toEqual([flagged.suite.subject, 'Lazy <kept>', 'native'])
  })

  it('filters by words, by protocol and by what is broken, and sorts', async () => {
    await page.getByLabel('Search').fill('<kept>')
    expect(await subjects()).toEqual(['Lazy <kept>'])
    await page.getByLabel('Search').fill('')
    await page.getByLabel('Protocol').selectOption('future')
    expect(await subjects()).toEqual(['native'])
    await page.getByLabel('Protocol').selectOption('')
    await page.getByLabel('only what is broken').check()
    expect(await subjects()).not.toContain('Lazy <kept>')
    await page.getByLabel('only what is broken').uncheck()
    await page.getByLabel('Sort by').selectOption('broken')
    expect((await subjects())[0]).toBe(flagged.suite.subject)
  })

  it('opens a counterexample from its cell, by keyboard, and by its address', async () => {
    const cells = page.locator('td.violated a')
    await cells.first().focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.evaluate(() => document.activeElement?.closest('td') !== null)).toBe(true)
    await page.locator('td[data-law="lazy/single-flight"] a').focus()
    await page.keyboard.press('Enter')
    const article = page.locator('article:target')
    expect(await article.locator('h3').textContent()).toContain('lazy/single-flight')
    expect(await article.locator('svg circle').count()).toBeGreaterThan(4)
    expect(await article.locator('pre').first().textContent()).toContain('✗ lazy/single-flight')
    expect(await article.locator('code').textContent()).toMatch(/^npx lawful replay 'lazy\/single-flight:42:/)
    expect(await article.locator('pre').nth(1).textContent()).toBe('console.log("<script>")')
    const address = page.url()
    await page.keyboard.press('Escape')
    expect(await article.count()).toBe(0)
    await page.goto('about:blank')
    await page.goto(address)
    expect(await article.count()).toBe(1)
  })

  it('says what a subject declares', async () => {
    expect(await page.locator('tbody th', { hasText: 'Lazy <kept>' }).first().getAttribute('title')).toBe(
      'declares the defaults',
    )
  })

  it('has a badge for every subject, and the line that shows it elsewhere', async () => {
    await page.locator('#badges summary').click()
    const rows = page.locator('#badges tr')
    expect(await rows.count()).toBe(3)
    expect(await rows.locator('code').first().textContent()).toBe('![lawful](badges/Lazy-kept-.svg)')
    const widths = await rows
      .locator('img')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
    expect(Math.min(...widths)).toBeGreaterThan(60)
  })

  it('can be read in the dark', async () => {
    const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await back()
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await back()).not.toBe(light)
  })

  it('asks nothing of anybody, and nothing goes wrong in it', () => {
    expect(errors).toEqual([])
  })
})
