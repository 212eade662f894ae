import { makers, method, type Shape, type Shapes, written } from './shape.js'

const MAPS = ['map', 'pipe', 'step', 'through', 'chain', 'andThen']
const RUNS = ['run', 'toPromise', 'result', 'value']

/** Stages one after the other. */
export const pipeShapes: Shapes = function* (look, words) {
  const made = ['number', 'options'].flatMap((args) => makers(look, args))
  for (const { call, given } of made) {
    const map = method(given, MAPS)
    const run = given.is === 'thenable' ? undefined : method(given, RUNS)
    if (!map || (given.is !== 'thenable' && !run)) continue
    const members = [
      `from: (input) => ${written(call, words)}(input)`,
      `map: (pipe, stage) => pipe.${map}(stage)`,
      ...(run ? [`toAwaitable: (pipe) => pipe.${run}()`] : []),
    ]
    yield { protocol: 'pipe', members }
  }
  const stages = words.as('[]', '((value: unknown) => unknown)[]')
  for (const { call, given } of makers(look, 'task, task')) {
    if (given.is !== 'function') continue
    const members = [
      `from: (input) => ({ input, stages: ${stages} })`,
      'map: ({ input, stages }, stage) => ({ input, stages: [...stages, stage] })',
      `toAwaitable: async ({ input, stages }) =>\n  ${written(call, words)}((${words.of('value', 'unknown')}) => value, ...stages)(await input)`,
    ]
    yield { protocol: 'pipe', members }
  }
}

/** Steps that are reported. */
export const progressShapes: Shapes = function* (look, words) {
  for (const { call, given } of makers(look, 'steps')) {
    if (given.is !== 'thenable') continue
    yield progress('options', `${written(call, words)}(options)`)
  }
  const tasks = 'Array.from({ length: steps }, (_, index) => () => step(index))'
  for (const { call, given } of makers(look, 'task, task')) {
    if (given.is !== 'thenable') continue
    yield progress('{ steps, step, onProgress }', `${written(call, words)}(${tasks}, onProgress)`)
  }
}

const progress = (head: string, made: string): Shape => ({
  protocol: 'progress',
  members: [`create: (${head}) => ${made}`],
})

/** Generators that are driven. */
export const coroutineShapes: Shapes = function* (look, words) {
  const suspend = '*suspend(awaited) {\n  return yield awaited\n}'
  for (const { call, given } of makers(look, 'body')) {
    const made = `${written(call, words)}(body)`
    const runs = given.is === 'thenable' ? made : given.is === 'function' ? `${made}()` : undefined
    if (runs) yield { protocol: 'coroutine', members: [`run: (body) => ${runs}`, suspend] }
  }
}
