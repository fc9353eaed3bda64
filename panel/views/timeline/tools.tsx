import { t } from '../../i18n/i18n'
import { view } from '../../state/session/timeline'
import { Icon } from '../toolbar/icon'
import { Legend, LegendButton } from './legend'
import styles from './tools.module.css'

const text = {
  label: t('timeline_tools'),
  all: t('timeline_fit_all'),
  allHint: t('timeline_fit_all_hint'),
  selected: t('timeline_fit_selected'),
  selectedHint: t('timeline_fit_selected_hint'),
  closer: t('timeline_closer'),
  further: t('timeline_further'),
}

interface Props {
  /** There is room for the legend. */
  readonly wide: boolean
  /** A fetch is selected. */
  readonly canFit: boolean
  readonly onCloser: () => void
  readonly onFurther: () => void
}

/** What of the time is to be seen. */
export function Tools({ wide, canFit, onCloser, onFurther }: Props) {
  const fits = (which: 'all' | 'selected', name: string, hint: string, enabled: boolean) => (
    <button
      type="button"
      class={styles.tool}
      title={hint}
      aria-pressed={view.value === which && enabled}
      disabled={!enabled}
      onClick={() => {
        view.value = which
      }}
    >
      {name}
    </button>
  )
  return (
    <div class={styles.tools} role="toolbar" aria-label={text.label}>
      {fits('all', text.all, text.allHint, true)}
      {fits('selected', text.selected, text.selectedHint, canFit)}
      <button
        type="button"
        class={styles.tool}
        title={`${text.closer} (+)`}
        aria-label={text.closer}
        onClick={onCloser}
      >
        <Icon name="closer" />
      </button>
      <button
        type="button"
        class={styles.tool}
        title={`${text.further} (−)`}
        aria-label={text.further}
        onClick={onFurther}
      >
        <Icon name="further" />
      </button>
      {wide && <Legend />}
      <LegendButton />
    </div>
  )
}
