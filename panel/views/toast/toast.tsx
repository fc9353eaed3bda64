import { useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import type { Notice } from '../../model/table/notice'
import { dismiss, notice, spoken } from '../../state/notices'
import { selectedKey } from '../../state/session/selection'
import styles from './toast.module.css'

const text = { label: t('toast_label'), details: t('toast_details'), close: t('toast_close') }

/** How long an outcome is shown, in milliseconds; what went wrong longer. */
const SHOWN = 8000
const SHOWN_BAD = 16_000

const withMore = (text: string, { more }: Notice) => (more > 0 ? t('notice_more', text, more) : text)

/** The id of the fetch, and what became of it. */
const Sentence = ({ id, text }: { readonly id: string; readonly text: string }) => (
  <>
    {id && <b>{id}</b>} {text}
  </>
)

/**
 * The last outcome in one sentence, over the end of the log. It goes by itself, but not while it is pointed at or
 * has the focus; what it says stands in the table too. Where the details say it already, it is only read out.
 * What is read out stands beside what is shown: a verdict that may still change is read out only when the final one is late.
 */
export function Toast() {
  const now = notice.value
  const said = spoken.value
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!now || held) return
    const timer = setTimeout(dismiss, now.bad ? SHOWN_BAD : SHOWN)
    return () => clearTimeout(timer)
  }, [now, held])
  const close = () => {
    setHeld(false)
    dismiss()
  }
  const open = now !== null && now.fetch === selectedKey.value
  const shown = now !== null && !(open && now.inDetails)
  return (
    <section
      aria-label={text.label}
      class={shown ? styles.toast : styles.none}
      data-bad={now?.bad ?? false}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <div role="status" class={styles.none}>
        {said && <Sentence id={said.id} text={withMore(said.text, said)} />}
      </div>
      {shown && (
        <div class={styles.text} title={withMore(now.text, now)} data-notice>
          <Sentence id={now.id} text={withMore(now.text, now)} />
        </div>
      )}
      {shown && now.fetch && !open && (
        <button
          type="button"
          class={styles.details}
          onClick={() => {
            selectedKey.value = now.fetch
            close()
          }}
        >
          {text.details}
        </button>
      )}
      {shown && (
        <button type="button" class={styles.close} aria-label={text.close} title={text.close} onClick={close}>
          ×
        </button>
      )}
    </section>
  )
}
