/** How the page looks, in the light, in the dark and on paper. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1f2328; --back: #fff; --soft: #f6f8fa; --faint: #d0d7de; --quiet: #656d76;
  --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; --link: #0969da; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --back: #0d1117; --soft: #161b22; --faint: #30363d; --quiet: #8d96a0;
  --good: #3fb950; --bad: #f85149; --warn: #d29922; --link: #4493f8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1500px; padding: 1rem 1.5rem 4rem; color: var(--ink); background: var(--back);
  font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--link); } h1 { margin: .2rem 0; } h2 { margin: 2rem 0 .4rem; font-size: 1.15rem; } h2 a { color: inherit; text-decoration: none; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; align-items: center; padding: .6rem 0; }
input, select { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--faint); border-radius: 6px; padding: .2rem .5rem; }
.legend { color: var(--quiet); font-size: .85rem; margin: 0; } .legend b { margin-left: .6rem; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid var(--link); }
table { margin-right: 9rem; border-collapse: separate; border-spacing: 0; font-size: .85rem; }
thead th { vertical-align: bottom; height: 13rem; font-weight: 400; color: var(--quiet); }
thead th[data-law] { position: relative; min-width: 1.9rem; max-width: 1.9rem; padding: 0; }
thead th[data-law] span { position: absolute; bottom: .4rem; left: 1rem; transform-origin: left bottom; transform: rotate(-58deg);
  white-space: nowrap; max-width: 14.5rem; overflow: hidden; text-overflow: ellipsis; }
th[scope=row] { position: sticky; left: 0; z-index: 1; background: var(--back); text-align: left; font-weight: 500; white-space: nowrap; padding: 0 .8rem 0 0; }
thead th:first-child { text-align: left; }
td { text-align: center; border-bottom: 1px solid var(--faint); border-left: 1px solid var(--faint); height: 1.8rem; color: var(--quiet); }
td a, td span { display: block; line-height: 1.8rem; text-decoration: none; color: inherit; }
tr:hover td, tr:hover th { background: var(--soft); }
.holds { color: var(--good); } .violated { color: var(--bad); font-weight: 700; } .lesser { color: var(--warn); font-weight: 700; }
td.violated { background: color-mix(in srgb, var(--bad) 14%, transparent); } td.lesser { background: color-mix(in srgb, var(--warn) 14%, transparent); }
td a:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
article { display: none; }
article:target { display: block; position: fixed; z-index: 9; inset: 4vh max(2vw, calc(50% - 560px)); overflow: auto; padding: 1rem 1.5rem;
  background: var(--back); border: 1px solid var(--faint); border-radius: 12px; box-shadow: 0 0 0 100vmax #0008; }
article:focus { outline: none; } article h3 { margin: 0 2rem 0 0; } article small { color: var(--quiet); font-weight: 400; }
.close { position: absolute; top: .4rem; right: 1rem; font-size: 1.6rem; text-decoration: none; }
pre { overflow-x: auto; background: var(--soft); padding: .8rem; border-radius: 8px; font-size: .8rem; line-height: 1.35; }
code { background: var(--soft); padding: .1rem .3rem; border-radius: 4px; } .policy { color: var(--quiet); font-size: .85rem; }
summary { cursor: pointer; } #badges { margin-top: 2rem; } #badges td { text-align: left; padding: .15rem .6rem; border: 0; } #badges img { display: block; } svg.lw { max-width: none; } [hidden] { display: none !important; }
@media print { form, .close { display: none; } article, article:target { display: block; position: static; box-shadow: none; break-inside: avoid;
  border: 0; border-top: 1px solid #bbb; border-radius: 0; } body { max-width: none; } }`.trim()

/** Searching, sorting and moving about. Without it the page shows everything, and its links work. */
export const pageScript = `
const form = document.querySelector('form')
const sections = [...document.querySelectorAll('.matrix')]
const show = () => {
  const { text, protocol, sort, broken } = Object.fromEntries(new FormData(form))
  const words = text.toLowerCase().split(/\\s+/).filter(Boolean)
  const has = (name) => words.every((word) => name.toLowerCase().includes(word))
  for (const section of sections) {
    const rows = [...section.querySelectorAll('tbody tr')]
    const heads = [...section.querySelectorAll('thead th[data-law]')]
    const laws = heads.filter((head) => has(head.dataset.law)).map((head) => head.dataset.law)
    const byLaw = words.length > 0 && laws.length > 0
    let shown = 0
    for (const row of rows) {
      const named = has(row.dataset.subject)
      row.hidden = !(named || byLaw) || (broken && row.dataset.broken === '0')
      if (!row.hidden) shown++
    }
    const some = rows.some((row) => has(row.dataset.subject))
    for (const cell of section.querySelectorAll('[data-law]')) {
      cell.hidden = byLaw && !some && !laws.includes(cell.dataset.law)
    }
    section.hidden = shown === 0 || (protocol && section.dataset.protocol !== protocol)
    const order = sort === 'broken' ? (a, b) => b.dataset.broken - a.dataset.broken : () => 0
    rows.sort((a, b) => order(a, b) || a.dataset.subject.localeCompare(b.dataset.subject))
    section.querySelector('tbody').append(...rows)
  }
}
form.addEventListener('input', show)
form.addEventListener('submit', (event) => event.preventDefault())
let from
const target = () => {
  const id = decodeURIComponent(location.hash.slice(1))
  const found = document.getElementById(id)
  if (found?.matches('article')) found.focus()
  else from?.focus()
}
addEventListener('hashchange', target)
document.addEventListener('click', (event) => {
  const link = event.target.closest('td a')
  if (link) from = link
})
document.addEventListener('keydown', (event) => {
  const open = document.querySelector('article:target')
  if (event.key === 'Escape' && open) location.hash = open.querySelector('.close').hash
  const cell = document.activeElement?.closest?.('td')
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key]
  if (!cell || !steps) return
  event.preventDefault()
  const links = [...cell.closest('table').querySelectorAll('td a')].filter((link) => link.offsetParent)
  const { x, y } = cell.getBoundingClientRect()
  const [down, right] = steps
  const ahead = links
    .map((link) => ({ link, box: link.getBoundingClientRect() }))
    .map(({ link, box }) => ({ link, dx: (box.x - x) * right, dy: (box.y - y) * down, off: Math.abs(right ? box.y - y : box.x - x) }))
    .filter(({ dx, dy, off }) => (right ? dx > 2 && off < 4 : dy > 2))
    .sort((a, b) => a.dx + a.dy + a.off * 2 - (b.dx + b.dy + b.off * 2))
  ahead[0]?.link.focus()
})
show()
target()`.trim()
