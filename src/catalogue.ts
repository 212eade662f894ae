import { asyncProperty as asyncPropertyProtocol } from '../properties/async-property/protocol.js'
import { awaitable as awaitableProtocol } from '../properties/awaitable/protocol.js'
import { call as callProtocol } from '../properties/call/protocol.js'
import { cancellable as cancellableProtocol } from '../properties/cancellable/protocol.js'
import { coroutine as coroutineProtocol } from '../properties/coroutine/protocol.js'
import { delay as delayProtocol } from '../properties/delay/protocol.js'
import { future as futureProtocol } from '../properties/future/protocol.js'
import { hygiene } from '../properties/hygiene/protocol.js'
import { lazy as lazyProtocol } from '../properties/lazy/protocol.js'
import { lock as lockProtocol } from '../properties/lock/protocol.js'
import { memo as memoProtocol } from '../properties/memo/protocol.js'
import { offload as offloadProtocol } from '../properties/offload/protocol.js'
import type { PipeAdapter } from '../properties/pipe/contract.js'
import { pipe as pipeProtocol } from '../properties/pipe/protocol.js'
import { progress as progressProtocol } from '../properties/progress/protocol.js'
import { retry as retryProtocol } from '../properties/retry/protocol.js'
import { service as serviceProtocol } from '../properties/service/protocol.js'
import { thenable as thenableProtocol } from '../properties/thenable/protocol.js'
import { ttlCache as ttlCacheProtocol } from '../properties/ttl-cache/protocol.js'
import { type Adapter, anyProtocol, Catalogue, type Protocol, type Suite } from './core/protocol.js'

/** All protocols that the kit ships. Those of a user may refine them by name. */
export const catalogue = new Catalogue([
  anyProtocol(hygiene),
  anyProtocol(awaitableProtocol),
  anyProtocol(thenableProtocol),
  anyProtocol(futureProtocol),
  anyProtocol(lazyProtocol),
  anyProtocol(memoProtocol),
  anyProtocol(ttlCacheProtocol),
  anyProtocol(retryProtocol),
  anyProtocol(delayProtocol),
  anyProtocol(pipeProtocol),
  anyProtocol(progressProtocol),
  anyProtocol(asyncPropertyProtocol),
  anyProtocol(serviceProtocol),
  anyProtocol(offloadProtocol),
  anyProtocol(coroutineProtocol),
  anyProtocol(cancellableProtocol),
  anyProtocol(lockProtocol),
  anyProtocol(callProtocol),
])

/** Makes a protocol usable: the function that it returns turns an adapter into a suite for `check`. */
export function defineProtocol<A extends Adapter, P>(protocol: Protocol<A, P>): (adapter: A) => Suite {
  const own = anyProtocol(protocol)
  return (adapter) => catalogue.suite(own, adapter)
}

export const awaitable = defineProtocol(awaitableProtocol)
export const future = defineProtocol(futureProtocol)
export const lazy = defineProtocol(lazyProtocol)
export const thenable = defineProtocol(thenableProtocol)
export const memo = defineProtocol(memoProtocol)
export const ttlCache = defineProtocol(ttlCacheProtocol)
export const retry = defineProtocol(retryProtocol)
export const delay = defineProtocol(delayProtocol)
/** `P` is the type of the subject's own pipes. */
export const pipe: <P>(adapter: PipeAdapter<P>) => Suite = defineProtocol(pipeProtocol)
export const progress = defineProtocol(progressProtocol)
export const asyncProperty = defineProtocol(asyncPropertyProtocol)
export const service = defineProtocol(serviceProtocol)
export const offload = defineProtocol(offloadProtocol)
export const coroutine = defineProtocol(coroutineProtocol)
export const cancellable = defineProtocol(cancellableProtocol)
export const lock = defineProtocol(lockProtocol)
export const call = defineProtocol(callProtocol)
