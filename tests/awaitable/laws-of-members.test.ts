import {
  answer,
  call,
  chains,
  event,
  fulfils,
  handler,
  idOf,
  judged,
  rejects,
  settle,
  start,
  task,
} from './judged.js'

const traits = { catch: true, finally: true, claims: true, species: true, statics: true }
const silent = [
  [chains('A'), task],
  [fulfils(1), answer('A', 'fulfilled', 1)],
]

const catches = call('A', 'catch', { detail: { given: 'rejected' } })
const caught = (value: unknown) =>
  handler('A', 'onRejected', { outcome: 'rejected', value, detail: { returns: idOf(2) } })

judged('catch-is-told-of-a-rejection-alone', {
  traits,
  broken: {
    'it is called for a success': [
      [catches, task],
      [fulfils(1), caught(1), answer('A', 'fulfilled', 2)],
    ],
    'it is told another reason': [
      [catches, task],
      [rejects(0), caught(undefined), answer('A', 'fulfilled', 2)],
    ],
    'a failure goes by': [
      [catches, task],
      [rejects(0), answer('A', 'rejected', 0)],
    ],
  },
  kept: {
    'a failure is caught': [
      [catches, task],
      [rejects(0), caught(0), answer('A', 'fulfilled', 2)],
    ],
    'a success goes by': [
      [catches, task],
      [fulfils(1), answer('A', 'fulfilled', 1)],
    ],
  },
  silent,
})

const cleansUp = call('A', 'finally', { detail: { given: 'both' } })
const returned = (value: unknown) => handler('A', 'onFinally', { detail: { returns: idOf(value) } })
const threw = (reason: unknown) => handler('A', 'onFinally', { detail: { throws: idOf(reason) } })
const adopted = [handler('A', 'onFinally', { detail: { adopts: 'handlerA' } }), start('handlerA')]

judged('finally-calls-back-whatever-happened', {
  traits,
  broken: {
    'a failure goes by': [
      [cleansUp, task],
      [rejects(0), answer('A', 'rejected', 0)],
    ],
  },
  kept: {
    'it is called for a failure': [
      [cleansUp, task],
      [rejects(0), returned(2), answer('A', 'rejected', 0)],
    ],
  },
  silent,
})

judged('finally-calls-back-without-argument', {
  traits,
  broken: {
    'it is given the value': [
      [cleansUp, task],
      [fulfils(1), handler('A', 'onFinally', { value: 1 }), answer('A', 'fulfilled', 1)],
    ],
  },
  kept: {
    'it is given nothing': [
      [cleansUp, task],
      [fulfils(1), returned(2), answer('A', 'fulfilled', 1)],
    ],
  },
  silent,
})

judged('finally-passes-the-outcome-through', {
  traits,
  broken: {
    'what it gave takes the place of the value': [
      [cleansUp, task],
      [fulfils(1), returned(2), answer('A', 'fulfilled', 2)],
    ],
    'a failure becomes a success': [
      [cleansUp, task],
      [rejects(0), ...adopted],
      [settle('handlerA', 'fulfilled', 2), answer('A', 'fulfilled', 2)],
    ],
  },
  kept: {
    'the value goes by': [
      [cleansUp, task],
      [fulfils(1), returned(2), answer('A', 'fulfilled', 1)],
    ],
    'the reason goes by': [
      [cleansUp, task],
      [rejects(0), ...adopted],
      [settle('handlerA', 'fulfilled', 2), answer('A', 'rejected', 0)],
    ],
  },
  silent: [
    [cleansUp, task],
    [fulfils(1), threw(0), answer('A', 'rejected', 0)],
  ],
})

judged('finally-waits-for-its-callback', {
  traits,
  broken: {
    'it goes on at once': [
      [cleansUp, task],
      [fulfils(1), ...adopted, answer('A', 'fulfilled', 1)],
    ],
  },
  kept: {
    'it waits': [
      [cleansUp, task],
      [fulfils(1), ...adopted],
      [settle('handlerA', 'fulfilled', 2), answer('A', 'fulfilled', 1)],
    ],
  },
  silent: [
    [cleansUp, task],
    [fulfils(1), returned(2), answer('A', 'fulfilled', 1)],
  ],
})

judged('a-failing-clean-up-wins', {
  traits,
  broken: {
    'a throw is swallowed': [
      [cleansUp, task],
      [fulfils(1), threw(0), answer('A', 'fulfilled', 1)],
    ],
    'a rejection is swallowed': [
      [cleansUp, task],
      [rejects(0), ...adopted],
      [settle('handlerA', 'rejected', 2), answer('A', 'rejected', 0)],
    ],
  },
  kept: {
    'a throw wins': [
      [cleansUp, task],
      [fulfils(1), threw(0), answer('A', 'rejected', 0)],
    ],
    'a rejection wins': [
      [cleansUp, task],
      [rejects(0), ...adopted],
      [settle('handlerA', 'rejected', 2), answer('A', 'rejected', 2)],
    ],
  },
  silent: [
    [cleansUp, task],
    [fulfils(1), returned(2), answer('A', 'fulfilled', 1)],
  ],
})

const bare = call('A', 'finally', { detail: { given: 'neither' } })

judged('finally-ignores-what-is-no-function', {
  traits,
  broken: {
    'it calls what it is given': [
      [bare, task],
      [fulfils(1), answer('A', 'rejected', new TypeError('no function'))],
    ],
  },
  kept: {
    'the value goes by': [
      [bare, task],
      [fulfils(1), answer('A', 'fulfilled', 1)],
    ],
    'the reason goes by': [
      [bare, task],
      [rejects(0), answer('A', 'rejected', 0)],
    ],
  },
  silent: [
    [cleansUp, task],
    [fulfils(1), returned(2), answer('A', 'fulfilled', 1)],
  ],
})

const looks = (detail: Readonly<Record<string, string | boolean | null>>) => [
  [event('read', 'A', 'class', { detail })],
]

judged('a-claimed-promise-has-catch-and-finally', {
  traits,
  broken: { 'the tag claims it': looks({ claim: 'Symbol.toStringTag', catch: true, finally: false }) },
  kept: { 'it has both': looks({ claim: 'instanceof Promise', catch: true, finally: true }) },
  silent: looks({ claim: null, catch: false, finally: false }),
})

judged('a-declared-species-is-what-then-makes', {
  traits,
  broken: { 'it is another class': looks({ claim: 'instanceof Promise', bySpecies: false }) },
  kept: { 'it is that class': looks({ claim: 'instanceof Promise', bySpecies: true }) },
  silent: looks({ claim: 'instanceof Promise' }),
})

const inherited = (member: string) => call('A', 'static', { value: 1, detail: { member } })

judged('inherited-statics-work', {
  traits,
  broken: {
    '`all` throws': [[inherited('all'), answer('A', 'threw', new TypeError('not callable'))]],
    '`reject` fulfils': [[inherited('reject'), answer('A', 'fulfilled', 1)]],
    '`race` gives something else': [[inherited('race'), answer('A', 'fulfilled', undefined)]],
  },
  kept: {
    '`resolve` fulfils': [[inherited('resolve'), answer('A', 'fulfilled', 1)]],
    '`reject` rejects': [[inherited('reject'), answer('A', 'rejected', 1)]],
  },
  silent,
})
