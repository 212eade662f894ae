/**
 * The mutants of the comparison: of those whose protocol needs neither time nor threads and is about what clients and
 * sources do in whichever order (async-property, future, lazy, lock, memo, pipe, progress and service: 198 of them, without
 * those of hygiene laws), in the order of their paths, every 6.6th, whatever it is. By paths, so that what is added later
 * does not change the choice.
 */
export const CHOSEN = [
  'async-property/binds-the-loader-to-the-first-instance',
  'async-property/knows-instances-by-their-prototype',
  'future/a-cancel-replaces-the-outcome',
  'future/calls-back-when-a-thenable-is-handed-over',
  'future/declares-to-cancel-and-waits',
  'future/loses-a-cancel-that-nobody-waits-for',
  'future/wraps-reasons-in-errors',
  'lazy/declares-to-keep-failures-and-retries',
  'lazy/keeps-a-failure-without-a-reason',
  'lazy/starts-in-the-constructor',
  'lazy/wraps-the-reason',
  'lock/a-waiter-that-leaves-keeps-the-wake-up',
  'lock/frees-the-permit-before-it-wakes',
  'lock/raises-the-count-on-every-release',
  'lock/wakes-only-when-the-count-is-positive',
  'memo/declares-to-keep-failures-and-retries',
  'memo/hands-its-loader-a-name-of-its-own',
  'memo/logs-the-failure-and-goes-on',
  'memo/tells-keys-apart-by-their-text',
  'pipe/checks-whether-a-stage-gives-the-same',
  'pipe/runs-at-every-then',
  'pipe/wraps-the-reason',
  'progress/fills-the-bar-of-no-steps',
  'progress/reports-the-end-in-a-timer',
  'service/closes-everything-at-once',
  'service/counts-users-when-they-are-served',
  'service/declares-to-stay-closed-and-opens-again',
  'service/is-disposed-of-for-good',
  'service/says-initialized-as-soon-as-it-is-asked',
  'service/swallows-what-close-throws',
] as const
