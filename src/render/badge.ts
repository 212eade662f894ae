import { makeBadge } from 'badge-maker'
import type { LawVerdict, Report } from '../core/report.js'

/** A badge in the form in which the endpoint of shields.io takes it. */
export interface Badge {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: string
}

/** The folder of the badges, beside the page. */
export const BADGES = 'badges'

/** What the badge of a subject says, of all the protocols that it is held to. */
export function badgeOf(reports: readonly Report[]): Badge {
  const verdicts = reports.flatMap((report) => report.verdicts)
  const count = (wanted: LawVerdict['verdict'], required: boolean) =>
    verdicts.filter(({ verdict, level }) => verdict === wanted && (level === 'required') === required).length
  const broken = count('violated', true)
  const lesser = count('violated', false)
  const holding = count('holds', true) + count('holds', false)
  const badge = (message: string, color: string): Badge => ({
    schemaVersion: 1,
    label: 'lawful',
    message,
    color,
  })
  if (broken > 0) return badge(broken === 1 ? '1 law broken' : `${broken} laws broken`, 'red')
  if (count('unknown', true) > 0) return badge('not known', 'lightgrey')
  if (holding === 0) return badge('no law exercised', 'lightgrey')
  const held = holding === 1 ? '1 law holds' : `${holding} laws hold`
  return lesser > 0 ? badge(`${held}, ${lesser} recommended broken`, 'yellow') : badge(held, 'brightgreen')
}

/** A badge as a picture. */
export const renderBadge = ({ label, message, color }: Badge): string =>
  `${makeBadge({ label, message, color })}\n`
