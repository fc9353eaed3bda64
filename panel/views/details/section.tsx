import type { ComponentChildren } from 'preact'
import { settings } from '../../state/settings'
import styles from './details.module.css'

/** The sections of the details, in their order. */
export type SectionName =
  | 'abort-series'
  | 'clean-up'
  | 'requests'
  | 'waterfall'
  | 'handler'
  | 'storage'
  | 'attributes'

interface Props {
  readonly name: SectionName
  readonly title: string
  /** What stands beside the title: a count, a button. */
  readonly beside?: ComponentChildren
  readonly children: ComponentChildren
}

/** Whether a section is folded, of every fetch. */
export const isFolded = (name: SectionName): boolean => settings.folded.value.includes(name)

/** A part of the details that folds; whether it is folded is remembered for every fetch. */
export function Section({ name, title, beside, children }: Props) {
  return (
    <section class={styles.section} aria-label={title}>
      <details
        open={!isFolded(name)}
        onToggle={({ currentTarget }) => {
          const before = settings.folded.peek()
          if (before.includes(name) !== currentTarget.open) return
          const others = before.filter((one) => one !== name)
          settings.folded.value = currentTarget.open ? others : [...others, name]
        }}
      >
        <summary>
          <h3>{title}</h3>
          {beside && <span class={styles.beside}>{beside}</span>}
        </summary>
        {children}
      </details>
    </section>
  )
}
