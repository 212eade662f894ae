import { deadlock } from '../history-builder.js'
import {
  answer,
  awaits,
  chains,
  fulfils,
  idOf,
  judged,
  rejects,
  responds,
  settle,
  start,
  task,
  told,
} from './judged.js'

const returns = (value: unknown) => responds('A', 1, { returns: idOf(value) })
const throws = (reason: unknown) => responds('A', 1, { throws: idOf(reason) })
const adopts = [responds('A', 1, { adopts: 'handlerA' }), start('handlerA')]

judged('then-returns-a-thenable', {
  broken: {
    'it returns nothing': [[chains('A'), task, answer('A', 'returned', undefined)]],
    'it throws': [[chains('A'), task, answer('A', 'threw', new TypeError('no function'))]],
  },
  kept: {
    'what it returns fulfils': [
      [chains('A'), task],
      [fulfils(1), told('A', 'fulfilled', 1), answer('A', 'fulfilled', 1)],
    ],
    'the throw is the task’s own': [[chains('A'), task, settle('task', 'threw', 0), answer('A', 'threw', 0)]],
  },
  silent: [[chains('A'), task]],
})

judged('gives-what-the-handler-returned', {
  broken: {
    'a falsy return is lost': [
      [chains('A'), task],
      [fulfils(1), returns(0), answer('A', 'fulfilled', 1)],
    ],
    'it rejects': [
      [chains('A'), task],
      [fulfils(1), returns(2), answer('A', 'rejected', 2)],
    ],
  },
  kept: {
    'it is passed on': [
      [chains('A'), task],
      [fulfils(1), returns(0), answer('A', 'fulfilled', 0)],
    ],
  },
  silent: [
    [chains('A'), task],
    [fulfils(1), throws(0), answer('A', 'rejected', 0)],
  ],
})

judged('adopts-a-thenable-the-handler-returned', {
  broken: {
    'the thenable is taken for a value': [
      [chains('A'), task],
      [fulfils(1), ...adopts, answer('A', 'fulfilled', { then: 0 })],
    ],
    'its reason is lost': [
      [chains('A'), task],
      [fulfils(1), ...adopts],
      [settle('handlerA', 'rejected', 0), answer('A', 'fulfilled', undefined)],
    ],
    'it is never followed': [
      [chains('A'), task],
      [fulfils(1), ...adopts],
      [settle('handlerA', 'fulfilled', 2), deadlock('A')],
    ],
  },
  kept: {
    'it is followed': [
      [chains('A'), task],
      [fulfils(1), ...adopts],
      [settle('handlerA', 'rejected', 0), answer('A', 'rejected', 0)],
    ],
  },
  silent: [
    [chains('A'), task],
    [fulfils(1), returns(2), answer('A', 'fulfilled', 2)],
  ],
})

judged('a-handler-that-throws-rejects', {
  broken: {
    'a falsy throw is lost': [
      [chains('A'), task],
      [fulfils(1), throws(0), answer('A', 'fulfilled', undefined)],
    ],
    'the derived one stays pending': [[chains('A'), task], [fulfils(1), throws(0)], [deadlock('A')]],
  },
  kept: {
    'it rejects with that': [
      [chains('A'), task],
      [fulfils(1), throws(0), answer('A', 'rejected', 0)],
    ],
  },
  silent: [
    [chains('A'), task],
    [fulfils(1), returns(2), answer('A', 'fulfilled', 2)],
  ],
})

judged('passes-through-without-a-handler', {
  broken: {
    'a failure is swallowed': [
      [chains('A', 'fulfilled'), task],
      [rejects(0), answer('A', 'fulfilled', undefined)],
    ],
    'a value is lost': [
      [chains('A', 'neither'), task],
      [fulfils(1), answer('A', 'fulfilled', undefined)],
    ],
  },
  kept: {
    'a failure goes by': [
      [chains('A', 'fulfilled'), task],
      [rejects(0), answer('A', 'rejected', 0)],
    ],
    'a value goes by': [
      [chains('A', 'rejected'), task],
      [fulfils(1), answer('A', 'fulfilled', 1)],
    ],
  },
  silent: [
    [chains('A', 'fulfilled'), task],
    [fulfils(1), returns(2), answer('A', 'fulfilled', 2)],
  ],
})

judged('a-throwing-handler-harms-nobody', {
  broken: {
    'who waited with it is never told': [
      [chains('A'), chains('B'), task],
      [fulfils(1), throws(0)],
      [deadlock('B')],
    ],
    'the subject becomes rejected by it': [
      [chains('A'), task],
      [fulfils(1), throws(0), answer('A', 'rejected', 0)],
      [awaits('B'), answer('B', 'rejected', 0)],
    ],
  },
  kept: {
    'the others are told': [
      [chains('A'), chains('B'), task],
      [fulfils(1), throws(0), told('B', 'fulfilled', 1)],
    ],
    'who comes later is forgotten for reasons of its own': [
      [chains('A'), task],
      [fulfils(1), throws(0)],
      [chains('B'), deadlock('B')],
    ],
  },
  silent: [
    [chains('A'), task],
    [fulfils(1), throws(0), answer('A', 'rejected', 0)],
  ],
})
