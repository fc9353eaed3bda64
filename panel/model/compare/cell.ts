import { t } from '../../i18n/i18n'

/** What a comparison shows of one fetch. */
export interface Cell {
  readonly text: string
  /** Null where that was not observed: nothing follows from it. */
  readonly value: string | null
}

export const notObserved: Cell = { text: t('compare_not_observed'), value: null }
/** It was observed that there is none. */
export const none: Cell = { text: '–', value: '' }

export const cellOf = (text: string, value: string = text): Cell => ({ text, value })
/** What is shown, and nothing follows from. */
export const openCell = (text: string): Cell => ({ text, value: null })
