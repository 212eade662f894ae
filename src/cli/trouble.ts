import type { Trouble } from '../runners/record.js'
import type { FileResult } from './collector.js'

/** One line for each thing that could not be judged, and why. */
export function troubleText({ file, records, trouble }: FileResult): string {
  const lines = records.flatMap(({ subject, trouble: of }) =>
    of ? [`lawful: ${file}: ${subject}: ${story(of)}`] : [],
  )
  if (trouble) lines.push(`lawful: ${file}: ${trouble.message}`)
  return lines.map((line) => `${line}\n`).join('')
}

function story({ kind, message }: Trouble): string {
  if (kind === 'died') return `${message}, which would have ended its process`
  return kind === 'internal' ? `could not be checked, which is a bug of the kit: ${message}` : message
}
