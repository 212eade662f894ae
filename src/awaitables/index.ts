export { asyncProperty } from './async-property.js'
export { Cached, type CachedOptions } from './cached.js'
export {
  Coroutine,
  type CoroutineBody,
  type CoroutineState,
  getCoroutineState,
  run,
  until,
} from './coroutine.js'
export { Debounced, type DebouncedOptions } from './debounced.js'
export { Delayed } from './delayed.js'
export { Future, type FutureState } from './future.js'
export { Immediate } from './immediate.js'
export { type Awaitable, isAwaitable } from './is-awaitable.js'
export { Lazy } from './lazy.js'
export { LazyService, type LazyServiceOptions, type LazyServiceStats } from './lazy-service.js'
export { type Memo, type MemoOptions, memo } from './memo.js'
export { Mutex } from './mutex.js'
export { type AsyncFunction, makeAsync, Offload, type OffloadOptions, type WorkOptions } from './offload.js'
export { Pipe } from './pipe.js'
export { Progress, type ProgressOptions } from './progress.js'
export { Retry, type RetryOptions } from './retry.js'
export { type Release, Semaphore, type SemaphoreOptions } from './semaphore.js'
export { type SleepOptions, sleep } from './sleep.js'
export { Timeout, type TimeoutOptions } from './timeout.js'
