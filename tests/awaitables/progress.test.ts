import { describe, expect, test, vi } from 'vitest'
import { Progress } from '../../src/awaitables/index.js'

describe('progress', () => {
  test('does its steps one after the other and reports each', async () => {
    const log: unknown[] = []
    const work = new Progress({
      steps: 3,
      async step(index) {
        log.push(`step ${index}`)
        return index * 10
      },
      onProgress: (percent) => log.push(Math.floor(percent)),
    })
    expect(await work).toEqual([0, 10, 20])
    expect(log).toEqual(['step 0', 33, 'step 1', 66, 'step 2', 100])
  })

  test('ends with the first step that fails', async () => {
    const reports: number[] = []
    const work = new Progress({
      steps: 3,
      step: (index) => (index === 1 ? Promise.reject(0) : index),
      onProgress: (percent) => reports.push(Math.floor(percent)),
    })
    await expect(work).rejects.toBe(0)
    expect(await work.catch(() => 'caught')).toBe('caught')
    expect(reports).toEqual([33])
  })

  test('reports nothing of no steps, and needs nobody to report to', async () => {
    const report = vi.fn()
    expect(await new Progress({ steps: 0, step: () => 1, onProgress: report })).toEqual([])
    expect(report).not.toHaveBeenCalled()
    let cleaned = false
    const quiet = new Progress({ steps: 1, step: () => undefined })
    const clean = () => {
      cleaned = true
    }
    expect(await quiet.finally(clean)).toEqual([undefined])
    expect(cleaned).toBe(true)
  })

  test('goes on when a report throws, which the host is told', async () => {
    const told: unknown[] = []
    const before = process.rawListeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', (error) => told.push(error))
    const error = new Error('typo')
    const work = new Progress({
      steps: 2,
      step: (index) => index,
      onProgress: (percent) => {
        if (percent < 100) throw error
      },
    })
    expect(await work).toEqual([0, 1])
    await new Promise((resolve) => setImmediate(resolve))
    process.removeAllListeners('uncaughtException')
    for (const listener of before) process.on('uncaughtException', listener as () => void)
    expect(told).toEqual([error])
  })

  test('begins no step once it is aborted', async () => {
    const controller = new AbortController()
    const done: number[] = []
    const work = new Progress({
      steps: 3,
      step: (index) => {
        done.push(index)
        if (index === 1) controller.abort('enough')
      },
      signal: controller.signal,
    })
    await expect(work).rejects.toBe('enough')
    expect(done).toEqual([0, 1])
  })

  test('counts in whole steps', () => {
    for (const steps of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => new Progress({ steps, step: () => 1 })).toThrow(RangeError)
  })
})
