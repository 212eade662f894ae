import { at, deadlock } from '../history-builder.js'
import {
  answer,
  awaits,
  call,
  chains,
  created,
  event,
  fulfils,
  judged,
  rejects,
  settle,
  start,
  task,
  told,
} from './judged.js'

judged('starts-at-creation', {
  broken: { 'nothing has started after a while': [[created], [at(60_000), chains('A'), task]] },
  kept: { 'it starts by itself': [[created], [task], [at(60_000), chains('A')]] },
  silent: [[created, chains('A'), task]],
  excused: { start: 'lazy' },
})

judged('starts-with-the-first-then', {
  policy: { start: 'lazy' },
  broken: {
    'creation starts it': [[created, task, chains('A')]],
    'it starts by itself': [[created], [task]],
  },
  kept: { '`then` starts it': [[created, chains('A'), task]] },
  silent: [[created, chains('A')]],
  excused: { start: 'eager' },
})

judged('one-run-for-all', {
  broken: {
    'a second run starts beside the first': [[chains('A'), task, awaits('B'), start('task')]],
    'a second run follows a success': [[chains('A'), task], [fulfils(1)], [awaits('B'), start('task')]],
    'a second run follows a failure': [[chains('A'), task], [rejects(1)], [awaits('B'), start('task')]],
  },
  kept: { 'all share one': [[chains('A'), task, awaits('B')], [fulfils(1)]] },
  silent: [[chains('A'), task]],
  excused: { again: 'rerun' },
})

judged('one-run-for-all', {
  policy: { failure: 'retry' },
  broken: { 'a success is run again': [[chains('A'), task], [fulfils(1)], [awaits('B'), start('task')]] },
  kept: { 'a failure is run again': [[chains('A'), task], [rejects(1)], [awaits('B'), start('task')]] },
  silent: [[chains('A'), task]],
})

judged('one-run-for-all', {
  policy: { syncThrow: 'throw' },
  broken: { 'a rejection is run again': [[chains('A'), task], [rejects(1)], [awaits('B'), start('task')]] },
  kept: {
    'a throw that was let through is run again': [
      [chains('A'), task, settle('task', 'threw', 0)],
      [awaits('B'), start('task')],
    ],
  },
  silent: [[chains('A'), task]],
})

judged('a-run-of-its-own-for-each', {
  policy: { again: 'rerun', start: 'lazy' },
  broken: {
    'two share a run': [
      [chains('A'), task, awaits('B')],
      [fulfils(1), told('A', 'fulfilled', 1), answer('B', 'fulfilled', 1)],
    ],
    'one makes two runs': [[chains('A'), task, start('task'), chains('B'), start('task')]],
    'one gets what the run of the other gave': [
      [awaits('A'), task, awaits('B'), start('task')],
      [settle('task#1', 'fulfilled', 1), answer('A', 'fulfilled', 1)],
      [settle('task#2', 'fulfilled', 2), answer('B', 'fulfilled', 1)],
    ],
  },
  kept: {
    'each has its own': [
      [awaits('A'), task, awaits('B'), start('task')],
      [settle('task#1', 'fulfilled', 0), answer('A', 'fulfilled', 0)],
      [settle('task#2', 'fulfilled', 0), answer('B', 'fulfilled', 0)],
    ],
  },
  silent: [[chains('A'), task]],
  excused: { again: 'share' },
})

const again = call('B', 'again')

judged('refuses-a-second', {
  policy: { again: 'reject' },
  broken: {
    'the task runs again': [[chains('A'), task, again, start('task')]],
    'the second one is served': [
      [chains('A'), task, again],
      [fulfils(1), answer('A', 'fulfilled', 1), answer('B', 'fulfilled', 1)],
    ],
  },
  kept: {
    'it is rejected': [[chains('A'), task, again, answer('B', 'rejected', new Error('used'))]],
    'it is thrown at': [[chains('A'), task, again, answer('B', 'threw', new Error('used'))]],
  },
  silent: [[chains('A'), task]],
  excused: { again: 'share' },
})

const tally = (told: number, otherwise = 0) =>
  event('read', 'A', 'tally', { detail: { subscribers: 2000, told, otherwise } })
const crowd = call('A', 'crowd')

judged('serves-a-crowd', {
  broken: {
    'some are never told': [[tally(1024), crowd, task], [fulfils(1)], [deadlock('A')]],
    'some are told twice': [
      [tally(2001), crowd, task],
      [fulfils(1), answer('A', 'fulfilled', 2000)],
    ],
    'one is told otherwise': [
      [tally(2000, 1), crowd, task],
      [fulfils(1), answer('A', 'fulfilled', 2000)],
    ],
    'the stack overflows': [[tally(9), crowd, task, answer('A', 'threw', new RangeError('stack'))]],
  },
  kept: {
    'all are told': [
      [tally(2000), crowd, task],
      [fulfils(1), answer('A', 'fulfilled', 2000)],
    ],
  },
  silent: [[chains('A'), task]],
  excused: { again: 'rerun' },
})
