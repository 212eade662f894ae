import { asyncPropertyLaws } from './async-property.js'
import { futureLaws } from './future.js'
import { lazyLaws } from './lazy.js'
import { lockLaws } from './lock.js'
import { memoLaws } from './memo.js'
import { pipeLaws } from './pipe.js'
import { progressLaws } from './progress.js'
import { serviceLaws } from './service.js'
import type { ByHand } from './trial.js'

/** The properties of all laws that were written by hand. */
export const lawsByHand = {
  ...asyncPropertyLaws,
  ...futureLaws,
  ...lazyLaws,
  ...lockLaws,
  ...memoLaws,
  ...pipeLaws,
  ...progressLaws,
  ...serviceLaws,
} as Readonly<Record<string, ByHand<never>>>
