import { aplusFigures } from './aplus.js'
import { explorerFigures } from './explorer.js'
import { lazyFigures } from './lazy.js'
import type { Figure } from './measure.js'
import { mutantFigures } from './mutants.js'
import { coroutineFigures, protocolFigures } from './protocols.js'
import { recordingFigures } from './recording.js'
import { scheduleFigures } from './schedules.js'

const figures: Figure[] = [
  ...aplusFigures(),
  ...(await lazyFigures()),
  ...(await scheduleFigures()),
  ...(await explorerFigures()),
  ...(await mutantFigures()),
  ...(await protocolFigures()),
  ...(await coroutineFigures()),
  ...(await recordingFigures()),
]

if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
} else {
  for (const { name, value, unit, ratio, goal, met } of figures) {
    process.stdout.write(`${met ? '✓' : '✗'} ${name}: ${value} ${unit}, ratio ${ratio} (goal ${goal})\n`)
  }
}
