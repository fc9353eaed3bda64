import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { closesWithEscape } from '../escape'
import styles from './workers.module.css'

const text = { cancel: t('cancel') }

interface Props {
  readonly question: string
  /** Of the button that does it. */
  readonly label: string
  act(): void
  cancel(): void
}

/** Asks before something is done that can't be taken back; the focus is on Cancel at first. */
export function Confirm({ question, label, act, cancel }: Props) {
  const no = useRef<HTMLButtonElement>(null)
  useEffect(() => no.current?.focus(), [])
  return (
    <span
      class={styles.confirm}
      role="alertdialog"
      aria-label={question}
      onKeyDown={(event) => closesWithEscape(event, cancel)}
    >
      <span>{question}</span>
      <button type="button" class={`${styles.button} ${styles.sure}`} onClick={act}>
        {label}
      </button>
      <button ref={no} type="button" class={styles.button} onClick={cancel}>
        {text.cancel}
      </button>
    </span>
  )
}
