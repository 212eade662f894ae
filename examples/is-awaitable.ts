import { Coroutine, getCoroutineState, Immediate, isAwaitable } from 'lawful/awaitables'

/** What can be awaited, and what `await` does with it: run with `node examples/is-awaitable.ts` (Node 22.18 or later). */
const order: string[] = []
const thenable = {
  then(onFulfilled: (value: string) => void) {
    order.push('then is called')
    onFulfilled('soup')
    order.push('it has called back')
  },
}

const meal = (async () => {
  order.push('before await')
  const value = await thenable
  order.push(`await gives ${value}`)
})()
order.push('whoever called goes on')
await meal
for (const line of order) console.log(line)

const immediate = new Immediate('bread')
console.log(await immediate, 'without a timer')

const coroutine = new Coroutine(function* () {})
const answers = [thenable, immediate, Promise.resolve(), coroutine, () => {}, 42, undefined].map(isAwaitable)
console.log(answers, getCoroutineState(coroutine))

const expected = [
  'before await',
  'whoever called goes on',
  'then is called',
  'it has called back',
  'await gives soup',
]
const isRight = order.join() === expected.join() && answers.join() === 'true,true,true,true,false,false,false'
process.exitCode = isRight ? 0 : 1
