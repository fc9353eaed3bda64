import { counted, t } from '../../i18n/i18n'
import { audit } from '../../model/audit/verdict'
import { stateName } from '../../model/describe/describe-fetch'
import { verdictName } from '../../model/describe/describe-storage'
import { count as format, oneLine } from '../../model/format'
import type { Heading } from '../../model/log/groups'
import { disambiguator } from '../../model/session/disambiguator'
import type { Fetch } from '../../model/session/view'
import { shownId } from '../../model/shown-id'
import { selectedKey } from '../../state/session/selection'
import { siteSettingsOf } from '../../state/site-settings'
import { MiddleTruncated } from '../middle-truncated'
import { Chevron } from './chevron'
import styles from './heading-row.module.css'
import type { LineProps } from './line-props'

const text = {
  none: t('log_no_fetch'),
  count: (n: number) => t(counted(n, 'log_rows'), format(n)),
}

/** What became of a fetch, as far as it is known: how its clean-up was judged, or how far it is. */
function Outcome({ fetch }: { readonly fetch: Fetch }) {
  const verdict = audit(fetch, siteSettingsOf(fetch.storageKey))
  const { result, failureReason } = fetch.attributes
  const end = [stateName[fetch.state], result, failureReason].filter(Boolean).join(', ')
  return (
    <>
      <span class={styles.state}>{end}</span>
      {verdict && (
        <span class={styles.verdict} data-verdict={verdict.kind} title={oneLine(verdict.line, 1000)}>
          {t('row_verdict', verdictName(verdict))}
        </span>
      )}
    </>
  )
}

interface Props extends LineProps {
  readonly heading: Heading
  /** Changes when its fetch may have changed. */
  readonly revision: number
}

/** The head of a fetch's rows. */
export function HeadingRow({ heading, index, current }: Props) {
  const { fetch, count, open } = heading
  const selected = fetch !== null && fetch.key === selectedKey.value
  return (
    <div
      data-heading
      role="row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={open}
      aria-selected={selected}
      tabIndex={current ? 0 : -1}
      class={`${styles.heading} ${selected ? styles.selected : ''}`}
    >
      <span role="gridcell" aria-colspan={5} class={styles.group}>
        <Chevron open={open} />
        {fetch ? (
          <>
            <span class={styles.name}>
              <MiddleTruncated text={shownId(fetch.id)} limit={120} />
            </span>
            {disambiguator(fetch)}
            <Outcome fetch={fetch} />
          </>
        ) : (
          text.none
        )}
        <span class={styles.count}>{text.count(count)}</span>
      </span>
    </div>
  )
}
