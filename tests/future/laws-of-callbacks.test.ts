import { answer, at, call, deadlock, handler, idOf } from '../history-builder.js'
import {
  calledBack,
  cancels,
  inner,
  innerFulfils,
  judged,
  locks,
  onSettled,
  rejects,
  resolves,
  told,
  waits,
} from './judged.js'

const error = new Error('e')
const mine = new Error('mine')
const throwing = (client: string) =>
  handler(client, 'callback', { detail: { busy: false, throws: idOf(mine) } })
const busy = (client: string) => handler(client, 'callback', { detail: { busy: true } })
const excused = { without: 'onSettled' }

judged('every-callback-is-called', {
  broken: {
    'a rejection calls nobody': [[onSettled('A')], [rejects('B', error)], [deadlock('A')]],
    'a cancel calls nobody': [[onSettled('A')], [cancels('B')], [deadlock('A')]],
  },
  kept: { 'it is called': [[onSettled('A')], [rejects('B', error), calledBack('A')]] },
  silent: [[resolves('B', 1)], [onSettled('A')], [deadlock('A')]],
  excused,
})

judged('late-callbacks-are-called', {
  broken: { 'it comes too late': [[resolves('B', 1)], [onSettled('A')], [deadlock('A')]] },
  kept: { 'it is called': [[resolves('B', 1)], [onSettled('A'), calledBack('A')]] },
  silent: [[onSettled('A')], [resolves('B', 1), calledBack('A')]],
  excused,
})

judged('callbacks-wait-for-the-outcome', {
  broken: {
    'it runs when registered': [[onSettled('A'), calledBack('A')]],
    'it runs when a thenable is handed over': [
      [onSettled('A'), inner],
      [locks('B', 'inner'), calledBack('A')],
    ],
  },
  kept: {
    'it runs when the thenable has settled': [
      [onSettled('A'), inner, locks('B', 'inner')],
      [innerFulfils(1), calledBack('A')],
    ],
  },
  silent: [[waits('A')], [resolves('B', 1), told('A', 'fulfilled', 1)]],
  excused,
})

judged('callbacks-run-in-order', {
  broken: {
    'the last comes first': [
      [onSettled('A')],
      [onSettled('B')],
      [resolves('C', 1), calledBack('B'), calledBack('A')],
    ],
    'the last comes first, in a timer of its own': [
      [onSettled('A'), onSettled('B')],
      [resolves('C', 1), calledBack('B')],
      [at(1), calledBack('A')],
    ],
    'the last of the late ones comes first': [
      [waits('C'), resolves('C', 1)],
      [told('C#1', 'fulfilled', 1)],
      [onSettled('A'), onSettled('B'), calledBack('B'), calledBack('A')],
    ],
  },
  kept: {
    'first in is first out': [
      [onSettled('A')],
      [onSettled('B')],
      [resolves('C', 1), calledBack('A'), calledBack('B')],
    ],
    'a late one overtakes an early one': [
      [onSettled('A'), onSettled('B')],
      [resolves('C', 1), onSettled('D'), calledBack('D'), calledBack('A'), calledBack('B')],
    ],
  },
  silent: [[onSettled('A')], [resolves('C', 1), calledBack('A')]],
  excused,
})

judged('late-callbacks-do-not-overtake', {
  broken: {
    'a late one jumps the queue': [
      [onSettled('A')],
      [resolves('C', 1), onSettled('B'), calledBack('B'), calledBack('A')],
    ],
  },
  kept: {
    'it waits for its turn': [
      [onSettled('A')],
      [resolves('C', 1), onSettled('B'), calledBack('A'), calledBack('B')],
    ],
  },
  silent: [[onSettled('A')], [onSettled('B')], [resolves('C', 1), calledBack('A'), calledBack('B')]],
  excused,
})

judged('callbacks-run-once', {
  broken: { 'it runs again': [[onSettled('A')], [resolves('B', 1), calledBack('A'), calledBack('A')]] },
  kept: { 'it runs once': [[onSettled('A')], [resolves('B', 1), calledBack('A')]] },
  silent: [[onSettled('A')], [resolves('B', 1)]],
  excused,
})

judged('callbacks-run-asynchronously', {
  broken: {
    'it runs inside its registration': [[resolves('B', 1)], [onSettled('A'), busy('A')]],
    'it runs inside `resolve`': [
      [onSettled('A')],
      [
        call('B', 'resolve', { value: 1, detail: { on: 'd' } }),
        busy('A'),
        answer('B', 'returned', undefined),
      ],
    ],
  },
  kept: { 'it runs on its own': [[onSettled('A')], [resolves('B', 1), calledBack('A')]] },
  silent: [[onSettled('A')], [resolves('B', 1)]],
  excused,
})

judged('an-error-in-a-callback-reaches-no-other', {
  broken: {
    'the next one is never called': [
      [onSettled('A'), onSettled('B')],
      [resolves('C', 1), throwing('A')],
      [deadlock('B')],
    ],
    'who settles is thrown the error': [
      [onSettled('A')],
      [call('C', 'resolve', { value: 1, detail: { on: 'd' } }), throwing('A'), answer('C', 'threw', mine)],
    ],
    'a subscriber is rejected with it': [
      [onSettled('A'), waits('B')],
      [resolves('C', 1), throwing('A'), told('B', 'rejected', mine)],
    ],
  },
  kept: {
    'the others go on': [
      [onSettled('A'), onSettled('B')],
      [resolves('C', 1), throwing('A'), calledBack('B')],
    ],
  },
  silent: [
    [onSettled('A'), onSettled('B')],
    [resolves('C', 1), calledBack('A'), calledBack('B')],
  ],
  excused,
})
