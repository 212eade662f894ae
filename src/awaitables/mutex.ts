import { Semaphore, type SemaphoreOptions } from './semaphore.js'

/** A semaphore with one permit: one client at a time, first come first served. */
export class Mutex extends Semaphore {
  constructor(options?: SemaphoreOptions) {
    super(1, options)
  }
}
