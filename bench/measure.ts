/** One line of the benchmark's result. Ratios are ours over the peer's, in the same process and run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly ratio: number
  /** What the ratio should reach. */
  readonly goal: number
  readonly met: boolean
}

/** A side of a comparison: does its work once and returns how many units of it that was. */
export type Side = () => Promise<number>

const ROUNDS = 7

/**
 * Units per second of both sides and their ratio. The sides take turns, so that a machine whose speed drifts slows both;
 * the median of the rounds' ratios is quoted.
 */
export async function compare(
  ours: Side,
  peer: Side,
): Promise<{ readonly rate: number; readonly ratio: number }> {
  await rate(ours)
  await rate(peer)
  const rounds: { readonly rate: number; readonly ratio: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const mine = await rate(ours)
    rounds.push({ rate: mine, ratio: mine / (await rate(peer)) })
  }
  rounds.sort((a, b) => a.ratio - b.ratio)
  return rounds[Math.floor(ROUNDS / 2)]!
}

async function rate(side: Side): Promise<number> {
  const start = performance.now()
  const units = await side()
  return units / ((performance.now() - start) / 1000)
}

/** A figure whose goal is a ratio to be reached or exceeded. */
export const figure = (name: string, value: number, unit: string, ratio: number, goal: number): Figure => ({
  name,
  value: round(value),
  unit,
  ratio: round(ratio),
  goal,
  met: ratio >= goal,
})

/** A figure that should be no more than its goal; the ratio is of the two. */
export const most = (name: string, value: number, unit: string, goal: number, also = true): Figure => ({
  name,
  value: round(value),
  unit,
  ratio: round(value / goal),
  goal,
  met: also && value <= goal,
})

const round = (number: number): number => Number(number.toPrecision(4))
