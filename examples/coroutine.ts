import { Coroutine, getCoroutineState, run, until } from 'lawful/awaitables'

/** Coroutines made of generators: run with `node examples/coroutine.ts` (Node 22.18 or later) or `npx tsx examples/coroutine.ts`. */

const log: string[] = []
const say = (text: string) => {
  log.push(text)
  console.log(text)
}

// Driven by hand: whoever drives it gets what the body yields, and says what that `yield` gives.
function* average(): Generator<number, string, number> {
  let [sum, count] = [0, 0]
  try {
    for (;;) {
      sum += yield count === 0 ? 0 : sum / count
      count++
    }
  } finally {
    say(`averaged ${count} values`)
  }
}

const one = new Coroutine(average as () => Generator<number, string, unknown>)
say(`it is ${getCoroutineState(one)}`)
one.send()
for (const value of [1, 2, 6]) say(`the average is ${one.send(value).value}, and it is ${one.state}`)
one.close()
say(`it is ${one.state}`)
try {
  one.send(7)
} catch (error) {
  say(`driven again: ${(error as Error).message}`)
}

// Driven by `run`: `yield* until(…)` awaits, and an error comes out where the body is suspended.
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function* fetchUser(id: number): Generator<unknown, string, unknown> {
  yield* until(wait(10))
  if (id > 1) throw new RangeError(`there is no user ${id}`)
  return `user ${id}`
}

const names = await run(function* () {
  const first = yield* fetchUser(1)
  try {
    return [first, yield* fetchUser(2)]
  } catch (error) {
    return [first, (error as Error).message]
  }
})
say(names.join(', '))

const isRight =
  log.includes('averaged 3 values') &&
  log.includes('the average is 3, and it is suspended') &&
  log.at(-1) === 'user 1, there is no user 2'
process.exitCode = isRight ? 0 : 1
