import { answer, call, deadlock } from '../history-builder.js'
import {
  calledBack,
  cancels,
  cancelsWith,
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

const abort = new DOMException('cancelled', 'AbortError')
const error = new Error('e')
const excused = { without: 'cancel' }
const refused = [call('B', 'cancel', { detail: { on: 'd' } }), answer('B', 'threw', new Error('too late'))]

judged('a-cancelled-future-rejects', {
  broken: {
    'nobody is told': [[waits('A')], [cancels('B')], [deadlock('A')]],
    'they are told a value': [[waits('A')], [cancels('B'), told('A', 'fulfilled', undefined)]],
    'they are told another reason': [[waits('A')], [cancelsWith('B', 'why'), told('A', 'rejected', abort)]],
  },
  kept: {
    'they are told the reason': [[waits('A')], [cancelsWith('B', 'why'), told('A', 'rejected', 'why')]],
    'they are told some error': [[waits('A')], [cancels('B'), told('A', 'rejected', abort)]],
  },
  silent: [[cancels('B')], [waits('A'), told('A', 'rejected', abort)]],
  excused: { ...excused, policy: { cancelled: 'never' } },
})

judged('an-early-cancel-is-kept', {
  broken: {
    'it is forgotten': [[cancels('B')], [waits('A')], [deadlock('A')]],
    'its reason is forgotten': [[cancelsWith('B', 'why')], [waits('A'), told('A', 'rejected', undefined)]],
  },
  kept: { 'who comes later is told': [[cancelsWith('B', 0)], [waits('A'), told('A', 'rejected', 0)]] },
  silent: [[waits('A')], [cancels('B'), told('A', 'rejected', abort)]],
  excused: { ...excused, policy: { cancelled: 'never' } },
})

judged('a-cancelled-future-stays-cancelled', {
  broken: {
    'a value revives it': [[cancels('B')], [resolves('B', 1)], [waits('A'), told('A', 'fulfilled', 1)]],
    'a rejection replaces the reason': [
      [cancelsWith('B', 'why')],
      [rejects('B', error)],
      [waits('A'), told('A', 'rejected', error)],
    ],
  },
  kept: {
    'nothing changes': [
      [cancelsWith('B', 'why')],
      [resolves('B', 1)],
      [waits('A'), told('A', 'rejected', 'why')],
    ],
  },
  silent: [[cancels('B')], [waits('A'), told('A', 'rejected', abort)]],
  excused,
})

judged('a-cancelled-future-never-settles', {
  policy: { cancelled: 'never' },
  broken: { 'somebody is told': [[waits('A')], [cancels('B'), told('A', 'rejected', abort)]] },
  kept: { 'everybody waits': [[waits('A')], [cancels('B')]] },
  silent: [[waits('A')], [resolves('B', 1)]],
  excused: { policy: { cancelled: 'reject' } },
})

judged('a-cancel-without-a-reason-is-an-abort-error', {
  broken: {
    'it gives nothing': [[waits('A')], [cancels('B'), told('A', 'rejected', undefined)]],
    'it gives another error': [[waits('A')], [cancels('B'), told('A', 'rejected', error)]],
  },
  kept: { 'it gives an AbortError': [[waits('A')], [cancels('B'), told('A', 'rejected', abort)]] },
  silent: [[waits('A')], [cancelsWith('B', 'why'), told('A', 'rejected', 'why')]],
  excused: { ...excused, policy: { cancelReason: 'own-error' } },
})

judged('a-cancel-after-the-settlement-is-ignored', {
  broken: {
    'it replaces the value': [[resolves('B', 1)], [cancels('B')], [waits('A'), told('A', 'rejected', abort)]],
    'it throws': [[resolves('B', 1)], refused, [waits('A'), told('A', 'fulfilled', 1)]],
    'a second cancel replaces the reason': [
      [cancelsWith('B', 'first')],
      [cancelsWith('B', 'second')],
      [waits('A'), told('A', 'rejected', 'second')],
    ],
  },
  kept: {
    'nothing changes': [[waits('A')], [resolves('B', 1), cancels('B'), told('A', 'fulfilled', 1)]],
  },
  silent: [
    [waits('A'), inner, locks('B', 'inner')],
    [cancels('B')],
    [innerFulfils(1), told('A', 'fulfilled', 1)],
  ],
  excused: { ...excused, policy: { cancelAfterSettle: 'mutes' } },
})

judged('a-cancel-after-the-settlement-mutes', {
  policy: { cancelAfterSettle: 'mutes' },
  broken: {
    'a subscriber is told': [[waits('A')], [resolves('B', 1), cancels('B'), told('A', 'fulfilled', 1)]],
    'a callback runs': [[onSettled('A')], [resolves('B', 1), cancels('B'), calledBack('A')]],
    'a late subscriber is told': [
      [resolves('B', 1)],
      [cancels('B')],
      [waits('A'), told('A', 'fulfilled', 1)],
    ],
  },
  kept: { 'nobody is told': [[waits('A')], [resolves('B', 1), cancels('B')]] },
  silent: [[waits('A')], [resolves('B', 1), told('A', 'fulfilled', 1)]],
  excused: { policy: { cancelAfterSettle: 'ignored' } },
})

judged('a-cancel-while-locked-in-is-ignored', {
  broken: {
    'it overrules the thenable': [
      [waits('A'), inner, locks('B', 'inner')],
      [cancels('B'), told('A', 'rejected', abort)],
    ],
    'it throws': [[waits('A'), inner, locks('B', 'inner')], refused],
  },
  kept: {
    'the thenable decides': [
      [waits('A'), inner, locks('B', 'inner')],
      [cancels('B')],
      [innerFulfils(1), told('A', 'fulfilled', 1)],
    ],
  },
  silent: [
    [waits('A'), inner, locks('B', 'inner')],
    [innerFulfils(1), told('A', 'fulfilled', 1)],
    [cancels('B')],
  ],
  excused: { ...excused, policy: { cancelLocked: 'cancels' } },
})

judged('a-cancel-while-locked-in-cancels', {
  policy: { cancelLocked: 'cancels' },
  broken: {
    'the thenable decides': [
      [waits('A'), inner, locks('B', 'inner')],
      [cancels('B')],
      [innerFulfils(1), told('A', 'fulfilled', 1)],
    ],
  },
  kept: {
    'it is cancelled at once': [
      [waits('A'), inner, locks('B', 'inner')],
      [cancelsWith('B', 'why'), told('A', 'rejected', 'why')],
      [innerFulfils(1)],
    ],
  },
  silent: [
    [waits('A'), inner, locks('B', 'inner')],
    [innerFulfils(1), told('A', 'fulfilled', 1)],
    [cancels('B')],
  ],
  excused: { policy: { cancelLocked: 'ignored' } },
})
