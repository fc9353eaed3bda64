import { useState } from 'preact/hooks'
import { t } from '../i18n/i18n'
import { copyText } from '../state/clipboard'
import round from './round.module.css'
import { Icon } from './toolbar/icon'

const text = {
  copy: t('copy_report'),
  copied: t('copied'),
  failed: t('not_copied'),
}

/** How long the answer stands, in milliseconds. */
const SHOWN = 3000

interface Props {
  /** Makes the report when it is copied. */
  readonly report: () => string
  /** Of the answer. */
  readonly class: string | undefined
}

/** Copies a report, and says before the button whether that worked. */
export function CopyButton({ report, class: name }: Props) {
  const [answer, setAnswer] = useState('')
  const copy = async () => {
    setAnswer('')
    setAnswer((await copyText(report())) ? text.copied : text.failed)
    setTimeout(() => setAnswer(''), SHOWN)
  }
  return (
    <>
      <span role="status" class={name}>
        {answer}
      </span>
      <button
        type="button"
        class={round.round}
        aria-label={text.copy}
        title={text.copy}
        onClick={() => void copy()}
      >
        <Icon name="copy" />
      </button>
    </>
  )
}
