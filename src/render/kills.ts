import Table from 'cli-table3'
import { truncate, wrap } from './columns.js'
import { type Palette, palette } from './palette.js'
import type { TextOptions } from './text.js'

/** What the kit's test of itself found: which law notices which planted fault. */
export interface SelfTestResult {
  readonly laws: readonly string[]
  readonly mutants: readonly {
    readonly name: string
    readonly protocol: string
    /** The law that the fault was planted for. */
    readonly target: string
    readonly killedBy: readonly string[]
  }[]
  readonly references: readonly {
    readonly name: string
    readonly protocol: string
    readonly violated: readonly string[]
  }[]
}

/** What is wrong with a result, in lines; nothing when every law is shown to bite and no reference is bitten. */
export function shortcomings({ laws, mutants, references }: SelfTestResult): string[] {
  const survivors = mutants.filter(({ target, killedBy }) => !killedBy.includes(target))
  const targets = new Set(mutants.map(({ target }) => target))
  return [
    ...survivors.map(({ name, target }) => `mutant ${name} survives ${target}`),
    ...laws.filter((law) => !targets.has(law)).map((law) => `law ${law} has no mutant`),
    ...references.flatMap(({ name, violated }) => violated.map((law) => `reference ${name} violates ${law}`)),
  ]
}

/** Laws by mutants, one table for each protocol: mutants are columns by number, laws are rows. */
export function renderKills(result: SelfTestResult, options: TextOptions = {}): string {
  const { width = 80, colour = false } = options
  const colours = palette(colour)
  const parts: string[] = []
  for (const protocol of new Set(result.mutants.map((mutant) => mutant.protocol))) {
    parts.push(colours.bold(protocol), ...renderProtocol(protocol, result, width, colours), '')
  }
  parts.push(colours.dim('✓ killed by the law it was written for · + also killed by · ✗ survives'))
  const bad = shortcomings(result)
  const { laws, mutants, references } = result
  parts.push(`${laws.length} laws, ${mutants.length} mutants, ${references.length} references`)
  for (const line of bad) parts.push(...wrap(`✗ ${line}`, width).map(colours.red))
  if (bad.length === 0)
    parts.push(colours.green('every law bites, every mutant is killed, no reference is bitten'))
  return `${parts.join('\n')}\n`
}

function renderProtocol(protocol: string, result: SelfTestResult, width: number, colours: Palette): string[] {
  const parts: string[] = []
  const mutants = result.mutants.filter((mutant) => mutant.protocol === protocol)
  // A law of another protocol may kill as well, and is then worth a row.
  const rows = result.laws.filter(
    (law) => law.startsWith(`${protocol}/`) || mutants.some(({ killedBy }) => killedBy.includes(law)),
  )
  const lawWidth = Math.min(40, Math.max(4, ...rows.map((law) => law.length)))
  const perTable = Math.max(1, Math.floor((width - lawWidth - 4) / (mutants.length > 99 ? 6 : 5)))
  for (let from = 0; from < mutants.length; from += perTable) {
    const shown = mutants.slice(from, from + perTable)
    const table = new Table({
      head: ['law', ...shown.map((_, index) => String(from + index + 1))],
      style: { head: [], border: [], compact: true },
    })
    for (const law of rows) {
      const cells = shown.map(({ target, killedBy }) => {
        if (killedBy.includes(law)) return target === law ? colours.green('✓') : colours.dim('+')
        return target === law ? colours.red('✗') : ''
      })
      if (cells.some((cell) => cell !== '')) table.push([truncate(law, lawWidth), ...cells])
    }
    parts.push(table.toString())
    for (const [index, { name }] of shown.entries()) {
      parts.push(...wrap(`${from + index + 1} ${name}`, width - 2).map((line) => `  ${line}`))
    }
  }
  return parts
}
