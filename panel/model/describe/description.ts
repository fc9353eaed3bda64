export type Level = 'verbose' | 'info' | 'warning' | 'error'

/** A row in words: what it is called, and what happened. */
export interface Description {
  readonly name: string
  readonly text: string
  readonly level: Level
}

export const info = (name: string, text: string): Description => ({ name, text, level: 'info' })
export const warning = (name: string, text: string): Description => ({ name, text, level: 'warning' })
export const error = (name: string, text: string): Description => ({ name, text, level: 'error' })
