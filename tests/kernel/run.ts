import { type Played, Stage } from '../../src/core/world/stage.js'
import type { World } from '../../src/core/world/world.js'
import { detectHost } from '../../src/host/host.js'

const host = detectHost()

/** Plays one run in a world of its own, without a protocol. */
export const play = (drive: (world: World) => void, choices: readonly number[] = []): Promise<Played> =>
  new Stage(host).play({ context: { policy: {}, traits: {} }, choices, drive })

/** What happened, in short: `call A`, `settle task fulfilled`. */
export const told = ({ history }: Played): readonly string[] =>
  history.events.map(({ type, actor, outcome }) => [type, actor, outcome].filter(Boolean).join(' '))
