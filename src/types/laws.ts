import type { TypeLaw } from './law.js'
import { lawsOfDeclarations } from './laws-of-declarations.js'
import { lawsOfMakers } from './laws-of-makers.js'
import { lawsOfMembers } from './laws-of-members.js'
import { lawsOfThen } from './laws-of-then.js'
import { lawsOfValues } from './laws-of-values.js'

/** All type laws, by claim. */
export const typeLaws = {
  ...lawsOfValues,
  ...lawsOfThen,
  ...lawsOfMembers,
  ...lawsOfMakers,
  ...lawsOfDeclarations,
} as const

export type Claim = keyof typeof typeLaws

/** The laws as `lawful list` names them. */
export const allTypeLaws: readonly { readonly id: string; readonly law: TypeLaw }[] = Object.entries(
  typeLaws,
).map(([claim, law]) => ({ id: `types/${claim}`, law }))
