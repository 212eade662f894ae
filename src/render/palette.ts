import pico from 'picocolors'

/** The colours of a report; without colour, all of them leave the text as it is. */
export interface Palette {
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  dim(text: string): string
  bold(text: string): string
}

/** Colours are asked for, never guessed: the same report gives the same bytes wherever it is rendered. */
export const palette = (colour: boolean): Palette => pico.createColors(colour)
