import { t } from '../../i18n/i18n'
import { phaseText } from '../../model/timeline/describe-track'
import { type PhaseKind, phaseKinds } from '../../model/timeline/timeline'
import styles from './tools.module.css'

const text = {
  label: t('timeline_legend'),
  hint: t('timeline_legend_hint'),
  verdict: '✓',
}

const MEANING = 'timeline-legend'

const Swatch = ({ kind }: { readonly kind: PhaseKind }) => (
  <span class={styles.swatch} data-kind={kind} aria-hidden="true">
    {kind === 'verdict' && text.verdict}
  </span>
)

/** The colours and patterns with their names, in a line. */
export function Legend() {
  return (
    <ul class={styles.legend} aria-label={text.label}>
      {phaseKinds.map((kind) => (
        <li key={kind} title={phaseText[kind].hint}>
          <Swatch kind={kind} />
          {phaseText[kind].name}
        </li>
      ))}
    </ul>
  )
}

/** Opens a box with all colours and patterns, and what they mean. */
export function LegendButton() {
  return (
    <>
      <button type="button" class={`${styles.tool} ${styles.last}`} title={text.hint} popovertarget={MEANING}>
        {text.label}
      </button>
      <section id={MEANING} popover="auto" class={styles.meaning} aria-label={text.hint}>
        <h2>{text.hint}</h2>
        <dl>
          {phaseKinds.map((kind) => (
            <div key={kind}>
              <dt>
                <Swatch kind={kind} />
                {phaseText[kind].name}
              </dt>
              <dd>{phaseText[kind].hint}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}
