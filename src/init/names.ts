/** Words that mean something else where an export would be used. */
const RESERVED =
  'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
  'function if import in instanceof let new null package private protected public return static super switch this throw ' +
  'true try typeof var void while with yield'
/** Names that the texts of adapters use. */
const TAKEN =
  'AbortSignal Array Math Object Promise attempt attempts awaited baseMs body callback close describeLaws emitter error ' +
  'event executor factor factory fn index input k key load maxMs ms onProgress open options own permits pipe promise ' +
  'reason reject resolve shouldRetry signal stage stages step steps subject task timeoutMs ttlMs value waitMs'
const CLASHES = new Set([...RESERVED.split(' '), ...TAKEN.split(' ')])

/** What exports are called in a file that imports them, by how they are reached. */
export function localNames(
  exports: ReadonlyMap<string, unknown>,
  module: string,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const given = new Set<string>()
  for (const [path, value] of exports) {
    const wish = path.split('.').at(-1)!
    const base = wish === 'default' ? (className(value) ?? camel(module)) : wish
    let name = CLASHES.has(base) ? `${base}Export` : base
    for (let n = 2; given.has(name); n++) name = `${base}${n}`
    given.add(name)
    names.set(path, name)
  }
  return names
}

/** The name that a class has by itself; those that were made short say nothing. */
function className(value: unknown): string | undefined {
  const { name } = value as { readonly name?: unknown }
  return typeof name === 'string' && /^\p{Lu}[\w$]{2,}$/u.test(name) && !CLASHES.has(name) ? name : undefined
}

/** A file's or a package's name as an identifier. */
function camel(text: string): string {
  const words = text.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '')
  const name = words
    .map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join('')
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `its${name}`
}
