import { useEffect, useRef, useState } from 'preact/hooks'
import styles from './kept.module.css'

const text = {
  sure: (label: string) => `${label} for good`,
  cancel: 'Cancel',
}

interface Props {
  readonly label: string
  /** What it is about, for those who do not see where the button stands. */
  readonly about?: string
  act(): void
}

/** A button for what can't be taken back: it asks once more, in its own place. */
export function AskFirst({ label, about = '', act }: Props) {
  const [asking, setAsking] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const sure = useRef<HTMLButtonElement>(null)
  const cancelled = useRef(false)
  useEffect(() => {
    if (asking) sure.current?.focus()
    else if (cancelled.current) first.current?.focus()
    cancelled.current = false
  }, [asking])
  const named = (words: string) => (about ? `${words} ${about}` : words)
  if (!asking) {
    return (
      <button
        type="button"
        class={styles.button}
        ref={first}
        aria-label={named(label)}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    )
  }
  return (
    <span
      class={styles.asked}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        // Who turns to something else did not mean it.
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setAsking(false)
      }}
    >
      <button
        type="button"
        class={`${styles.button} ${styles.sure}`}
        ref={sure}
        aria-label={named(text.sure(label))}
        onClick={() => {
          setAsking(false)
          act()
        }}
      >
        {text.sure(label)}
      </button>
      <button
        type="button"
        class={styles.button}
        onClick={() => {
          cancelled.current = true
          setAsking(false)
        }}
      >
        {text.cancel}
      </button>
    </span>
  )
}
