import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Figure, figure } from './measure.js'

const SIDE = fileURLToPath(new URL('./aplus-side.js', import.meta.url))

function timed(side: 'check' | 'virtual' | 'real', rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const printed = execFileSync(process.execPath, [SIDE, side], { encoding: 'utf8', stdio: 'pipe' })
    return Number(printed.trim().split('\n').at(-1))
  })
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!
}

/** A whole check of native promises against a whole run of promises-aplus-tests, virtualised and real. */
export function aplusFigures(): Figure[] {
  const ours = timed('check', 5)
  return [
    figure(
      'check(thenable(native)), against promises-aplus-tests virtualised',
      ours,
      'ms',
      timed('virtual', 5) / ours,
      2,
    ),
    figure('check(thenable(native)), against promises-aplus-tests', ours, 'ms', timed('real', 1) / ours, 50),
  ]
}
