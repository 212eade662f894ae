import { blame, firstBlame, type Laws, settledAs } from '../../src/core/index.js'
import type { MemoPolicy } from './contract.js'
import { entries } from './entries.js'

/** What one key, and one cache, have to do with the others: nothing. */
export const lawsOfIsolation: Laws<MemoPolicy> = {
  'keys-are-isolated': {
    level: 'required',
    statement: 'Nobody is answered with what was loaded for another key.',
    source: { kind: 'kit', why: 'docs/memo.md#keys-are-isolated' },
    hint: 'Use a `Map` with the key itself: texts of keys collide, and so do the members of a plain object.',
    exercised: (h) => entries(h).some(({ siblings, gets }) => siblings > 0 && gets.some(({ end }) => end)),
    violation: (h) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.gets, (get) => {
          const stray = entry.strayed(get)
          return stray && stray.actor === entry.cache
            ? blame(`that was loaded for the key ${stray.start.value?.text}`, stray.end, get.start, get.end)
            : undefined
        }),
      ),
  },
  'instances-are-isolated': {
    level: 'required',
    statement: 'Nobody is answered with what another cache has loaded.',
    source: { kind: 'kit', why: 'docs/memo.md#instances-are-isolated' },
    hint: 'Keep the entries in the instance, not in the module, the class or the prototype.',
    exercised: (h) =>
      new Set(entries(h).map(({ cache }) => cache)).size > 1 &&
      h.calls('get').some(({ end }) => settledAs(end) !== undefined),
    violation: (h) =>
      firstBlame(entries(h), (entry) =>
        firstBlame(entry.gets, (get) => {
          const stray = entry.strayed(get)
          return stray && stray.actor !== entry.cache
            ? blame(`that was loaded by ${stray.actor}, for another cache`, stray.end, get.start, get.end)
            : undefined
        }),
      ),
  },
}
