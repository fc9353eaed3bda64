import { t } from '../../i18n/i18n'
import { oneLine } from '../../model/format'
import { shownId } from '../../model/shown-id'
import { describePhase, describeTrack, nameOf, phaseText } from '../../model/timeline/describe-track'
import { trackOf } from '../../model/timeline/timeline'
import { model, revision } from '../../state/session/session'
import { cursor, hovered } from '../../state/session/timeline'
import { siteSettingsOf } from '../../state/site-settings'
import styles from './readout.module.css'

const text = {
  hint: t('timeline_readout_hint'),
}

/** The exact numbers of what has the pointer, or else the keyboard. */
export function Readout({ now, focused }: { readonly now: number; readonly focused: boolean }) {
  revision.value
  const spot = hovered.value ?? (focused ? cursor.value : null)
  const fetch = spot && model().fetches.find(({ key }) => key === spot.track)
  const track = fetch && trackOf(fetch, now, siteSettingsOf(fetch.storageKey))
  const phase = track?.phases.find(({ key }) => key === spot?.phase)
  return (
    <div class={styles.foot}>
      <p
        class={styles.readout}
        data-readout={phase ? phase.kind : track ? 'track' : 'hint'}
        title={phase && phaseText[phase.kind].hint}
      >
        {!track && text.hint}
        {track && <span class={styles.id}>{oneLine(shownId(track.fetch.id), 60)} </span>}
        {phase && <b data-level={phase.level}>{nameOf(phase)} </b>}
        {track && (phase ? describePhase(phase, track) : describeTrack(track))}
      </p>
    </div>
  )
}
