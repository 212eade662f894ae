export { Future, type FutureState } from './future.js'
export { Immediate } from './immediate.js'
export { type Awaitable, isAwaitable } from './is-awaitable.js'
export { Lazy } from './lazy.js'
