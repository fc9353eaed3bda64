import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import form from '../dialog/form.module.css'
import styles from './new-fetch.module.css'

/** What an input of a field is to have. */
export interface InputProps {
  readonly id: string
  readonly class: string | undefined
  readonly 'aria-describedby': string
  readonly 'aria-invalid': boolean
}

interface Props {
  readonly label: string
  readonly hint?: string
  /** What is wrong with it, each in a sentence. */
  readonly problems: readonly string[]
  /** What is to be known of it before it is sent, each in a sentence. */
  readonly warnings?: readonly string[]
  readonly class?: string | undefined
  /** A button that stands beside the name. */
  readonly action?: ComponentChildren
  readonly children: (input: InputProps) => ComponentChildren
}

/** A field of a form with its name, what to write into it, and what is wrong with it: a screen reader reads all of it. */
export function Field({
  label,
  hint = '',
  problems,
  warnings = [],
  class: name = '',
  action,
  children,
}: Props) {
  const id = useId()
  const parts = { problems: `${id}-problems`, warnings: `${id}-warnings`, hint: `${id}-hint` }
  return (
    <div class={`${styles.field} ${name}`}>
      <div class={styles.name}>
        <label for={id}>{label}</label>
        {action}
      </div>
      {children({
        id,
        class: form.control,
        'aria-describedby': Object.values(parts).join(' '),
        'aria-invalid': problems.length > 0,
      })}
      <div id={parts.problems} class={styles.problems}>
        {problems.map((problem, i) => (
          <p key={i}>{problem}</p>
        ))}
      </div>
      <div id={parts.warnings} class={styles.warnings} role="status">
        {warnings.map((warning, i) => (
          <p key={i}>{warning}</p>
        ))}
      </div>
      <small id={parts.hint}>{hint}</small>
    </div>
  )
}
