import type { Level } from '../../model/description'
import { defaultLevels, levels } from '../../model/levels'
import { settings } from '../../state/settings'
import { say } from '../../words/words'
import type { MenuEntry } from '../menu/entries'
import { MenuButton } from '../menu/menu-button'
import { Icon } from './icon'
import styles from './toolbar.module.css'

const text = {
  label: say('levels_label'),
  defaults: say('levels_default'),
  all: say('levels_all'),
  none: say('levels_hide_all'),
  custom: say('levels_custom'),
  reset: say('levels_default_choice'),
  hint: say('levels_hint'),
}

const names: Readonly<Record<Level, string>> = {
  error: say('levels_error'),
  warning: say('levels_warning'),
  info: say('levels_info'),
  verbose: say('levels_verbose'),
}

/** What the button says, as in the Console. */
function faceOf(chosen: readonly Level[]): string {
  const [only] = chosen
  const off = levels.filter((level) => !chosen.includes(level))
  if (off.length === 0) return text.all
  if (only === undefined) return text.none
  if (off.length === 1 && off[0] === 'verbose') return text.defaults
  return chosen.length === 1 ? say('levels_only', names[only]) : text.custom
}

function toggle(level: Level): void {
  const before = settings.levels.peek()
  settings.levels.value = levels.filter((one) => before.includes(one) !== (one === level))
}

/** Which levels of rows the log shows. */
export function LevelsMenu() {
  const chosen = settings.levels.value
  const face = faceOf(chosen)
  const entries: MenuEntry[] = [
    {
      kind: 'action',
      label: text.reset,
      run: () => {
        settings.levels.value = defaultLevels
      },
    },
    { kind: 'separator' },
    ...levels.map((level) => ({
      kind: 'check' as const,
      label: names[level],
      checked: chosen.includes(level),
      toggle: () => toggle(level),
    })),
  ]
  return (
    <MenuButton
      label={`${text.label}: ${face}`}
      title={text.hint}
      class={styles.button}
      face={
        <>
          <Icon name="levels" />
          <span class={styles.label}>{face}</span>
          <span class={styles.arrow} aria-hidden="true" />
        </>
      }
      entries={entries}
    />
  )
}
