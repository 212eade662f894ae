import { awaitable as awaitableProtocol } from '../properties/awaitable/protocol.js'
import { future as futureProtocol } from '../properties/future/protocol.js'
import { hygiene } from '../properties/hygiene/protocol.js'
import { lazy as lazyProtocol } from '../properties/lazy/protocol.js'
import { thenable as thenableProtocol } from '../properties/thenable/protocol.js'
import { type Adapter, anyProtocol, Catalogue, type Protocol, type Suite } from './core/protocol.js'

/** All protocols that the kit ships. Those of a user may refine them by name. */
export const catalogue = new Catalogue([
  anyProtocol(hygiene),
  anyProtocol(awaitableProtocol),
  anyProtocol(thenableProtocol),
  anyProtocol(futureProtocol),
  anyProtocol(lazyProtocol),
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
