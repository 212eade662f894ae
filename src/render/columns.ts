import stringWidth from 'string-width'

/** Text of a given width in terminal cells, which is not the number of its characters. */

/** Fills up with spaces on the right. */
export const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)))

/** Fills up with spaces on the left. */
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - stringWidth(text))) + text

/** Cuts off what does not fit, and says so by an ellipsis. */
export function truncate(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const char of text) {
    if (stringWidth(kept + char) > width - 1) break
    kept += char
  }
  return `${kept}…`
}

/** Breaks pieces into lines: a piece moves to the next line whole, and is cut only where it fits on none. */
export function fill(pieces: readonly string[], width: number, separator = ' '): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    const longer = line === '' ? piece : line + separator + piece
    if (line !== '' && stringWidth(longer.trimEnd()) > width) {
      lines.push(line)
      line = truncate(piece, width)
    } else {
      line = truncate(longer, width)
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** Breaks prose at its spaces. */
export const wrap = (text: string, width: number): string[] => fill(text.split(/\s+/), width)

export { stringWidth }
