/** An adapter whose members nobody has looked at yet. */
export interface Unchecked {
  create(source: (...args: never[]) => unknown): unknown
}

/** How many turns of the microtask queue somebody waits for an answer that needs no time. */
const PATIENCE = 50

/** Whether a second read, after the first is answered, finds what the first has made. */
export async function keepsAValue({ create }: Unchecked): Promise<boolean> {
  let calls = 0
  return serves(() => {
    const made = create(async () => ++calls) as { get?(): unknown }
    const read = () => (typeof made.get === 'function' ? made.get() : made)
    return [read, read]
  }, [1, 1])
}

/** The same for two keys. */
export async function keepsValuesByKey({ create }: Unchecked): Promise<boolean> {
  let calls = 0
  return serves(() => {
    const { get } = create(async () => ++calls) as { get(key: unknown): unknown }
    return [() => get('a'), () => get('a'), () => get('b'), () => get('a')]
  }, [1, 1, 2, 1])
}

/** Whether reads, one after the other, give what is expected. */
async function serves(
  open: () => readonly (() => unknown)[],
  expected: readonly unknown[],
): Promise<boolean> {
  try {
    for (const [index, read] of open().entries()) {
      if ((await soon(read())) !== expected[index]) return false
    }
    return true
  } catch {
    return false
  }
}

async function soon(answer: unknown): Promise<unknown> {
  return Promise.race([answer, patience()])
}

async function patience(): Promise<undefined> {
  for (let turn = 0; turn < PATIENCE; turn++) await undefined
  return undefined
}
