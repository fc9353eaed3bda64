import { type BackgroundFetchEventName, eventNames } from '../../../protocol/event-names'
import { t } from '../../i18n/i18n'
import { pauseOn, toggled } from '../../state/pause-on'
import { command, past } from '../../state/session/session'
import { settings } from '../../state/settings'
import type { MenuEntry } from '../menu/entries'

const text = { heading: t('pause_on'), untraced: t('pause_on_untraced') }

function toggle(name: BackgroundFetchEventName): void {
  const names = toggled(pauseOn.value, name)
  pauseOn.value = names
  command(async (background) => background.setPauseOn(names))
}

/** The events at whose handlers the worker can be made to pause; without tracing none can be chosen. */
export function pauseEntries(): readonly MenuEntry[] {
  const traced = settings.trace.value
  return [
    { kind: 'heading', label: traced ? text.heading : text.untraced },
    ...eventNames.map((name) => ({
      kind: 'check' as const,
      label: name,
      name: t('pause_on_event', name),
      title: traced ? t('pause_on_hint', name) : text.untraced,
      checked: pauseOn.value.includes(name),
      disabled: !traced || past.value !== null,
      toggle: () => toggle(name),
    })),
  ]
}
