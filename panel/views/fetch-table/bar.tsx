import { t } from '../../i18n/i18n'
import { count } from '../../model/format'
import type { Counts } from '../../model/table/fetch-list'
import { fetchCounts } from '../../state/session/fetch-list'
import { settings } from '../../state/settings'
import styles from './bar.module.css'

const text = {
  label: t('table_label'),
  usageHint: t('table_usage_hint'),
  filter: t('table_filter'),
  all: t('table_filter_all'),
  active: t('table_filter_active'),
  none: t('table_none_active'),
}

/** Chromium's limit of active fetches per origin. */
const SLOTS = 5

/** `1 active of 5 slots · 3 ended`; each origin by itself where there are several. */
function countsText({ usage, unobserved, ended }: Counts): string {
  const [first] = usage
  const active =
    usage.length > 1
      ? usage.map(({ storageKey, active }) => `${storageKey}: ${t('table_usage', active, SLOTS)}`).join(', ')
      : first
        ? t('table_slots', first.active, SLOTS)
        : unobserved > 0
          ? ''
          : text.none
  return [
    active,
    unobserved > 0 ? t('table_unobserved', count(unobserved)) : '',
    ended > 0 ? t('table_ended', count(ended)) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** The head of the table: how many fetches there are, and which of them are listed. */
export function Bar() {
  const counts = countsText(fetchCounts.value)
  return (
    <header class={styles.bar}>
      <div class={styles.head}>
        <h2>{text.label}</h2>
        <span class={styles.counts} data-counts title={`${counts}\n${text.usageHint}`}>
          {counts}
        </span>
        <select
          class={styles.filter}
          aria-label={text.filter}
          value={settings.onlyActive.value ? 'active' : 'all'}
          onChange={(event) => {
            settings.onlyActive.value = event.currentTarget.value === 'active'
          }}
        >
          <option value="all">{text.all}</option>
          <option value="active">{text.active}</option>
        </select>
      </div>
    </header>
  )
}
