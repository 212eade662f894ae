import { Fixed, type Scheduler } from '../../src/core/choices.js'
import { type Played, Stage } from '../../src/core/world/stage.js'
import type { World } from '../../src/core/world/world.js'
import { detectHost } from '../../src/host/host.js'

const host = detectHost()

/** Plays one run in a world of its own, without a protocol, by given choices or by a scheduler. */
export const play = (
  drive: (world: World) => void,
  schedule: readonly number[] | Scheduler = [],
  injection = 0,
): Promise<Played> => {
  const scheduler = 'pick' in schedule ? schedule : new Fixed(schedule)
  return new Stage(host).play({ context: { policy: {}, traits: {} }, scheduler, injection, drive })
}

/** What happened, in short: `call A`, `settle task fulfilled`. */
export const told = ({ history }: Played): readonly string[] =>
  history.events.map(({ type, actor, outcome }) => [type, actor, outcome].filter(Boolean).join(' '))
