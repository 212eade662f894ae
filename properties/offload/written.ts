type Within = (value: unknown) => string

/** Objects by their tags, which are the same in every realm. */
const FORMS: Readonly<Record<string, (value: never, within: Within) => string>> = {
  Function: () => '[function]',
  Date: (value: Date) => `new Date(${value.getTime()})`,
  RegExp: String,
  Map: (value: Map<unknown, unknown>, within) => `new Map(${within([...value])})`,
  Set: (value: Set<unknown>, within) => `new Set(${within([...value])})`,
  Uint8Array: (value: Uint8Array, within) => `new Uint8Array(${within([...value])})`,
  Array: (value: unknown[], within) => `[${value.map(within).join(', ')}]`,
}

/**
 * A value as text that two values share exactly where one is a clone of the other, as far as structured cloning keeps
 * them: of an error its kind and its message, for a stack differs between threads.
 */
export function written(value: unknown, above: readonly unknown[] = []): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'bigint') return `${value}n`
  if (Object.is(value, -0)) return '-0'
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return String(value)
  const depth = above.indexOf(value)
  if (depth >= 0) return `[itself, ${above.length - depth} up]`
  const within = (member: unknown) => written(member, [...above, value])
  const form = FORMS[Object.prototype.toString.call(value).slice(8, -1)]
  if (form) return form(value as never, within)
  if ('message' in value && 'name' in value) return `${value.name}('${String(value.message).split('\n')[0]}')`
  const members = Object.entries(value).map(([key, member]) => `${key}: ${within(member)}`)
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}'
}
