import { describe, expect, it } from 'vitest'
import {
  beginning,
  begun,
  cleansUp,
  done,
  drive,
  goesOn,
  isThrown,
  judge,
  judgeDriven,
  reads,
  returns,
  type Steps,
  says,
  suspends,
  threw,
  throws,
} from './judged.js'

const error = new Error('no')
const closed: Steps = [begun(), drive('close', {}, done())]
const replays = { again: 'replays' } as const

describe('values-travel-the-chain', () => {
  const claim = 'values-travel-the-chain'
  const sent = (...items: Steps[number]) => judge(claim, [begun(), drive('send', { value: 0 }, ...items)])

  it('is broken by another value, an error, and nothing', () => {
    expect(sent(goesOn(1, undefined), suspends(2), done())).toBe('violated')
    expect(sent(isThrown(1, 0), done())).toBe('violated')
    expect(sent(done())).toBe('violated')
  })

  it('is kept by the value', () => {
    expect(sent(goesOn(1, 0), suspends(2), done())).toBe('holds')
    expect(judge(claim, [begun()])).toBe('unexercised')
    expect(judgeDriven(claim, [begun()])).toBe('not-applicable')
  })
})

describe('errors-travel-the-chain', () => {
  const claim = 'errors-travel-the-chain'
  const sent = (...items: Steps[number]) => judge(claim, [begun(), drive('throw', { value: 0 }, ...items)])

  it('is broken by a value, another error, and nothing', () => {
    expect(sent(goesOn(1, 0), done())).toBe('violated')
    expect(sent(isThrown(1, error), threw(error))).toBe('violated')
    expect(sent(threw(0))).toBe('violated')
  })

  it('is kept by the error', () => {
    expect(sent(isThrown(1, 0), throws(0), threw(0))).toBe('holds')
    expect(judge(claim, [drive('throw', { value: 0 }, threw(0))])).toBe('unexercised')
    expect(judgeDriven(claim, [])).toBe('not-applicable')
  })
})

describe('an-uncaught-error-reaches-the-driver', () => {
  const claim = 'an-uncaught-error-reaches-the-driver'
  const fails = (...items: Steps[number]) => judge(claim, [drive('send', {}, beginning, throws(0), ...items)])

  it('is broken by a return, and by another error', () => {
    expect(fails(done())).toBe('violated')
    expect(fails(threw(error))).toBe('violated')
  })

  it('is kept by the very error', () => {
    expect(fails(threw(0))).toBe('holds')
    expect(judge(claim, [begun()])).toBe('unexercised')
    expect(judgeDriven(claim, [])).toBe('not-applicable')
  })
})

describe('close-travels-the-chain', () => {
  const claim = 'close-travels-the-chain'
  const closes = (...items: Steps[number]) => judge(claim, [begun('1,2'), drive('close', {}, ...items)])

  it('is broken by a block too few, one twice, another order, and one too late', () => {
    expect(closes(cleansUp(2), done())).toBe('violated')
    expect(closes(cleansUp(2), cleansUp(1), cleansUp(1), done())).toBe('violated')
    expect(closes(cleansUp(1), cleansUp(2), done())).toBe('violated')
    expect(closes(cleansUp(2), done(), cleansUp(1))).toBe('violated')
  })

  it('is kept by all, the innermost first', () => {
    expect(closes(cleansUp(2), cleansUp(1), done())).toBe('holds')
    expect(judge(claim, closed)).toBe('unexercised')
    expect(judgeDriven(claim, closed)).toBe('not-applicable')
  })
})

describe('close-is-no-error', () => {
  const claim = 'close-is-no-error'

  it('is broken by an error in the body', () => {
    expect(judge(claim, [begun(), drive('close', {}, isThrown(1, error), done())])).toBe('violated')
  })

  it('is kept by none', () => {
    expect(judge(claim, closed)).toBe('holds')
    expect(judge(claim, [drive('close', {}, done())])).toBe('unexercised')
    expect(judgeDriven(claim, closed)).toBe('not-applicable')
  })
})

describe('the-state-is-where-it-stands', () => {
  const claim = 'the-state-is-where-it-stands'
  const finished: Steps = [drive('send', {}, beginning, returns(1), done())]
  const failed: Steps = [drive('send', {}, beginning, throws(error), threw(error))]

  it.each([
    ['created', []],
    ['suspended', [begun()]],
    ['closed', finished],
    ['closed', failed],
    ['closed', closed],
    ['closed', [drive('close', {}, done())]],
    ['closed', [drive('throw', { value: error }, threw(error))]],
  ] as const)('is %s', (state, steps) => {
    for (const said of ['created', 'running', 'suspended', 'closed'])
      expect(judge(claim, [...steps, reads(said)])).toBe(said === state ? 'holds' : 'violated')
  })

  it('is running as the body sees it', () => {
    const looks = (state: string) =>
      judge(claim, [drive('send', {}, beginning, says('state', { value: state }), suspends(1), done())])
    expect(looks('running')).toBe('holds')
    expect(looks('created')).toBe('violated')
  })

  it('is not looked at', () => {
    expect(judge(claim, finished)).toBe('unexercised')
    expect(judgeDriven(claim, finished)).toBe('not-applicable')
  })
})

describe('a-re-entrant-send-is-an-error', () => {
  const claim = 'a-re-entrant-send-is-an-error'
  const enters = (how: string) =>
    judge(claim, [drive('send', {}, beginning, says('reentry'), says(how), done())])

  it('is broken where nothing says no', () => {
    expect(enters('admission')).toBe('violated')
  })

  it('is kept by an error', () => {
    expect(enters('refusal')).toBe('holds')
    expect(judge(claim, [begun()])).toBe('unexercised')
    expect(judgeDriven(claim, [begun()])).toBe('not-applicable')
  })
})

describe('a-finished-one-refuses', () => {
  const claim = 'a-finished-one-refuses'
  const again = (...items: Steps[number]) => judge(claim, [...closed, drive('send', {}, ...items)])

  it('is broken by a return, and by a body that runs', () => {
    expect(again(done())).toBe('violated')
    expect(again(beginning, threw(error))).toBe('violated')
  })

  it('is kept by an error', () => {
    expect(again(threw(error))).toBe('holds')
    expect(judge(claim, closed)).toBe('unexercised')
    expect(judge(claim, closed, replays)).toBe('not-applicable')
    expect(judgeDriven(claim, closed)).toBe('not-applicable')
  })
})

describe('a-finished-one-replays', () => {
  const claim = 'a-finished-one-replays'
  const failed: Steps = [drive('send', {}, beginning, throws(error), threw(error))]
  const again = (steps: Steps, ...items: Steps[number]) =>
    judge(claim, [...steps, drive('send', {}, ...items)], replays)

  it('is broken by an error that it did not end with, and by a body that runs', () => {
    expect(again(closed, threw(error))).toBe('violated')
    expect(again(failed, threw(new Error('finished')))).toBe('violated')
    expect(again(closed, beginning, done())).toBe('violated')
  })

  it('is kept by its end, and by nothing', () => {
    expect(again(closed, done())).toBe('holds')
    expect(again(failed, threw(error))).toBe('holds')
    expect(again(failed, done())).toBe('holds')
    expect(judge(claim, closed, replays)).toBe('unexercised')
    expect(judge(claim, closed)).toBe('not-applicable')
  })
})

describe('closing-again-does-nothing', () => {
  const claim = 'closing-again-does-nothing'
  const again = (...items: Steps[number]) => judge(claim, [...closed, drive('close', {}, ...items)])

  it('is broken by an error, and by a block that runs', () => {
    expect(again(threw(error))).toBe('violated')
    expect(again(cleansUp(1), done())).toBe('violated')
  })

  it('is kept by nothing', () => {
    expect(again(done())).toBe('holds')
    expect(judge(claim, closed)).toBe('unexercised')
    expect(judgeDriven(claim, closed)).toBe('not-applicable')
  })
})
