/** The run itself could not be made. The message is one line that says what is wrong and what to do: exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun'
}

/** What was to be looked at hung, or ended its process. The message is one line: exit code 3. */
export class Died extends Error {
  override readonly name = 'Died'
}

/** Exit codes, as promised to scripts. */
export const EXIT = { ok: 0, violated: 1, cannotRun: 2, died: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
