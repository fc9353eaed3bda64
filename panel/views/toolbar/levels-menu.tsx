import { t } from '../../i18n/i18n'
import type { Level } from '../../model/describe/description'
import { defaultLevels, levels } from '../../model/log/levels'
import { settings } from '../../state/settings'
import type { MenuEntry } from '../menu/entries'
import { MenuButton } from '../menu/menu-button'
import { Icon } from './icon'
import styles from './toolbar.module.css'

const text = {
  label: t('levels_label'),
  defaults: t('levels_default'),
  all: t('levels_all'),
  none: t('levels_hide_all'),
  custom: t('levels_custom'),
  reset: t('levels_default_choice'),
  hint: t('levels_hint'),
}

const names: Readonly<Record<Level, string>> = {
  error: t('levels_error'),
  warning: t('levels_warning'),
  info: t('levels_info'),
  verbose: t('levels_verbose'),
}

/** What the button says, as in the Console. */
function faceOf(chosen: readonly Level[]): string {
  const [only] = chosen
  const off = levels.filter((level) => !chosen.includes(level))
  if (off.length === 0) return text.all
  if (only === undefined) return text.none
  if (off.length === 1 && off[0] === 'verbose') return text.defaults
  return chosen.length === 1 ? t('levels_only', names[only]) : text.custom
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
