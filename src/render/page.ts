import type { LawVerdict, Report, Verdict } from '../core/report.js'
import { BADGES, badgeOf, renderBadge } from './badge.js'
import { fileName } from './file-name.js'
import { pageScript, pageStyle } from './page-assets.js'
import { escapeXml, pictureStyle, renderSvg } from './svg.js'
import { renderFailure } from './text.js'

/** One subject's part of a page. */
export interface PageEntry {
  readonly report: Report
  /** What each law says, by id. */
  readonly laws: Readonly<Record<string, PageLaw>>
  /** What the subject declares, as JavaScript. */
  readonly policy?: Readonly<Record<string, string>>
  /** Where it documents that. */
  readonly docs?: readonly string[]
  /** Stand-alone reproductions by law. */
  readonly scripts?: Readonly<Record<string, string>>
}

export interface PageLaw {
  readonly statement: string
  readonly hint?: string
}

export interface PageOptions {
  readonly title?: string | undefined
  /** Whether a badge of every subject lies in a folder beside the page. */
  readonly badges?: boolean
}

const MARKS: Readonly<Record<Verdict, string>> = {
  holds: '✓',
  violated: '✗',
  'not-applicable': '–',
  unexercised: '·',
  unknown: '?',
}

/**
 * A self-contained page: one matrix of subjects and laws for each protocol, and behind each broken law its counterexample
 * as picture, text, replay line and program. The same reports give the same bytes.
 */
export function renderPage(entries: readonly PageEntry[], options: PageOptions = {}): string {
  const { title = 'lawful', badges = false } = options
  const protocols = [...new Set(entries.map(({ report }) => report.protocol))]
  const sections = protocols.map((protocol) =>
    matrix(
      protocol,
      entries.filter(({ report }) => report.protocol === protocol),
    ),
  )
  const findings = entries.flatMap((entry) =>
    entry.report.verdicts
      .filter(({ counterexample }) => counterexample !== undefined)
      .map((verdict) => finding(entry, verdict)),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeXml(title)}</title>
<style>${pageStyle}
${pictureStyle}</style>
</head>
<body>
<header>
<h1>${escapeXml(title)}</h1>
<p>${escapeXml(overview(entries))}</p>
${controls(protocols)}
<p class="legend"><b class="holds">✓</b> holds <b class="violated">✗</b> violated <b class="lesser">✗</b> violated, not required
<b>–</b> not applicable <b>·</b> unexercised <b>?</b> unknown</p>
</header>
<main>
${sections.join('\n')}
</main>
<section id="findings" aria-label="Counterexamples">
${findings.join('\n')}
</section>
${badges ? badgeList(entries.map(({ report }) => report)) : ''}
<script>${pageScript}</script>
</body>
</html>
`
}

function overview(entries: readonly PageEntry[]): string {
  const verdicts = entries.flatMap(({ report }) => report.verdicts)
  const laws = new Set(verdicts.map(({ law }) => law)).size
  const broken = verdicts.filter(({ verdict }) => verdict === 'violated')
  const required = broken.filter(({ level }) => level === 'required').length
  const runtimes = [...new Set(entries.map(({ report }) => report.runtime))].join(', ')
  return [
    plural(new Set(entries.map(({ report }) => report.subject)).size, 'subject'),
    plural(laws, 'law'),
    `${plural(required, 'required law')} broken, ${broken.length - required} more not required`,
    runtimes,
  ].join(' · ')
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

const controls = (protocols: readonly string[]): string => `<form role="search">
<label>Search <input type="search" name="text" placeholder="subject or law" autocomplete="off"></label>
<label>Protocol <select name="protocol"><option value="">all</option>${protocols
  .map((protocol) => `<option>${escapeXml(protocol)}</option>`)
  .join('')}</select></label>
<label>Sort by <select name="sort"><option value="name">name</option><option value="broken">broken laws</option></select></label>
<label><input type="checkbox" name="broken"> only what is broken</label>
</form>`

function matrix(protocol: string, entries: readonly PageEntry[]): string {
  const ids = [...new Set(entries.flatMap(({ report }) => report.verdicts.map(({ law }) => law)))]
  const tested = ids.filter((id) =>
    entries.some(({ report }) =>
      report.verdicts.some(({ law, level }) => law === id && level !== 'untested'),
    ),
  )
  const heads = tested.map((id) => head(id, protocol, entries))
  const rows = entries.map((entry) => row(entry, tested))
  return `<section class="matrix" data-protocol="${escapeXml(protocol)}" id="${anchor(protocol)}">
<h2><a href="#${anchor(protocol)}">${escapeXml(protocol)}</a></h2>
<div class="scroll" tabindex="0" role="region" aria-label="${escapeXml(protocol)}"><table>
<thead><tr><th scope="col">subject</th>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>
</section>`
}

function head(id: string, protocol: string, entries: readonly PageEntry[]): string {
  const statement = entries.map(({ laws }) => laws[id]?.statement).find((text) => text !== undefined) ?? ''
  const [of = '', claim = ''] = id.split('/')
  const said = escapeXml(`${id}\n${statement}`)
  const name = escapeXml(of === protocol ? claim : id)
  return `<th scope="col" data-law="${escapeXml(id)}" title="${said}"><span>${name}</span></th>`
}

function row({ report, ...entry }: PageEntry, ids: readonly string[]): string {
  const verdicts = new Map(report.verdicts.map((verdict) => [verdict.law, verdict]))
  const broken = report.verdicts.filter(({ verdict }) => verdict === 'violated').length
  const cells = ids.map((id) => cell(report, id, verdicts.get(id)))
  const subject = escapeXml(report.subject)
  return `<tr data-subject="${subject}" data-broken="${broken}"><th scope="row" title="${escapeXml(declaration(entry))}">${subject}</th>${cells.join('')}</tr>`
}

function cell(report: Report, id: string, verdict: LawVerdict | undefined): string {
  if (!verdict) return '<td></td>'
  const { level, reason, counterexample } = verdict
  const kind = verdict.verdict === 'violated' && level !== 'required' ? 'lesser' : verdict.verdict
  const mark = MARKS[verdict.verdict]
  const said = escapeXml(`${report.subject}: ${id} ${verdict.verdict}${reason ? `, ${reason}` : ''}`)
  const shown = counterexample
    ? `<a href="#${findingAnchor(report, id)}" aria-label="${said}">${mark}</a>`
    : `<span aria-label="${said}">${mark}</span>`
  return `<td class="${kind}" data-law="${escapeXml(id)}" title="${said}">${shown}</td>`
}

function finding(entry: PageEntry, verdict: LawVerdict): string {
  const { report, laws, docs = [], scripts = {} } = entry
  const { law, counterexample } = verdict
  const links = docs.map((url) => `<a href="${escapeXml(url)}">${escapeXml(url)}</a>`)
  const script = scripts[law]
  const text = renderFailure(
    { subject: report.subject, seed: report.seed, verdict, law: laws[law] },
    { width: 96 },
  )
  return `<article id="${findingAnchor(report, law)}" tabindex="-1" aria-label="${escapeXml(`${law}, ${report.subject}`)}">
<a class="close" href="#${anchor(report.protocol)}" aria-label="Close">×</a>
<h3>${escapeXml(law)} <small>${escapeXml(`${report.subject} · ${verdict.level}`)}</small></h3>
<p>${escapeXml(laws[law]?.statement ?? '')}</p>
<div class="scroll">${renderSvg(counterexample!, { styled: false })}</div>
<p class="policy">${escapeXml(declaration(entry))}${links.length > 0 ? `, see ${links.join(', ')}` : ''}</p>
<details open><summary>as text</summary><pre>${escapeXml(text)}</pre></details>
${counterexample!.replay ? `<p>replay <code>npx lawful replay '${escapeXml(counterexample!.replay)}'</code></p>` : ''}
${script === undefined ? '' : `<details><summary>as a program that needs only the subject</summary><pre>${escapeXml(script)}</pre></details>`}
</article>`
}

const declaration = ({ policy = {} }: Pick<PageEntry, 'policy'>): string =>
  `declares ${
    Object.entries(policy)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ') || 'the defaults'
  }`

/** Every badge as it looks, with the line that shows it elsewhere: both can be copied from one place. */
function badgeList(reports: readonly Report[]): string {
  const items = [...new Set(reports.map(({ subject }) => subject))].map((subject) => {
    const badge = badgeOf(reports.filter((report) => report.subject === subject))
    const picture = `data:image/svg+xml,${encodeURIComponent(renderBadge(badge))}`
    const said = escapeXml(`lawful: ${badge.message}`)
    const line = `![lawful](${BADGES}/${fileName(subject)}.svg)`
    return `<tr><th scope="row">${escapeXml(subject)}</th><td><img alt="${said}" src="${escapeXml(picture)}"></td><td><code>${escapeXml(line)}</code></td></tr>`
  })
  return `<details id="badges"><summary>Badges</summary>
<p>Each is a picture, and beside it lies what <code>https://img.shields.io/endpoint?url=…</code> reads, under the same name as <code>.json</code>.</p>
<table>${items.join('\n')}</table></details>`
}

/** A name as part of an address. */
const anchor = (name: string): string => name.replaceAll(/[^\p{L}\p{N}._/-]+/gu, '-')

const findingAnchor = ({ subject, protocol }: Report, law: string): string =>
  `${anchor(law)}/${anchor(subject)}${law.startsWith(`${protocol}/`) ? '' : `/${anchor(protocol)}`}`
