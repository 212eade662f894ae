/** Where the command line writes to, and how. */
export interface Terminal {
  readonly width: number
  readonly colour: boolean
  out(text: string): void
  err(text: string): void
  /** Replaces the line of progress; an empty text removes it. Does nothing unless a person is watching. */
  progress(line: string): void
}

const WIDTH = 80

export function openTerminal(process: NodeJS.Process): Terminal {
  const { stdout, stderr, env } = process
  const watched = stderr.isTTY === true && env.CI === undefined && env.TERM !== 'dumb'
  let shown = false
  // Whoever reads the output may stop reading it: `lawful | head` is no error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  const progress = (line: string) => {
    if (!watched || (line === '' && !shown)) return
    shown = line !== ''
    stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns || WIDTH) - 1)}`)
  }
  const write = (stream: NodeJS.WriteStream) => (text: string) => {
    progress('')
    stream.write(text)
  }
  return {
    width: Math.min(WIDTH, stdout.columns || WIDTH),
    colour: wantsColour(env, stdout.isTTY === true),
    out: write(stdout),
    err: write(stderr),
    progress,
  }
}

/** https://no-color.org and its counterpart; otherwise a terminal gets colour and a file does not. */
function wantsColour(env: NodeJS.ProcessEnv, isTTY: boolean): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return isTTY && env.TERM !== 'dumb'
}
