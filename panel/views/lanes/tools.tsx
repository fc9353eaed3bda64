import { view } from '../../state/lanes'
import { say } from '../../words/words'
import { Icon } from '../toolbar/icon'
import styles from './lanes.module.css'
import { Legend, LegendButton } from './legend'

const text = {
  label: say('lanes_tools'),
  all: say('lanes_fit_all'),
  allHint: say('lanes_fit_all_hint'),
  selected: say('lanes_fit_selected'),
  selectedHint: say('lanes_fit_selected_hint'),
  closer: say('lanes_closer'),
  further: say('lanes_further'),
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
