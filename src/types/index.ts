export {
  type Broken,
  expectLawful,
  expectLawfulCancelling,
  expectLawfulFactory,
  expectLawfulSettling,
  type Verdicts,
} from './expect-lawful.js'
export type { Judge, TypeLaw, TypeLaws } from './law.js'
export { allTypeLaws, typeLaws } from './laws.js'
