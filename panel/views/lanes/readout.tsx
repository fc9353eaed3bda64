import { describeLane, describePhase, nameOf, phaseText } from '../../model/describe-lane'
import { oneLine } from '../../model/format'
import { laneOf } from '../../model/lanes'
import { cursor, hovered } from '../../state/lanes'
import { model, revision } from '../../state/session'
import { siteSettingsOf } from '../../state/site-settings'
import { say } from '../../words/words'
import styles from './lanes.module.css'

const text = {
  hint: say('lanes_readout_hint'),
}

/** The exact numbers of what has the pointer, or else the keyboard. */
export function Readout({ now, focused }: { readonly now: number; readonly focused: boolean }) {
  revision.value
  const spot = hovered.value ?? (focused ? cursor.value : null)
  const fetch = spot && model.fetches.find(({ key }) => key === spot.lane)
  const lane = fetch && laneOf(fetch, now, siteSettingsOf(fetch.storageKey))
  const phase = lane?.phases.find(({ key }) => key === spot?.phase)
  return (
    <div class={styles.foot}>
      <p
        class={styles.readout}
        data-readout={phase ? phase.kind : lane ? 'lane' : 'hint'}
        title={phase && phaseText[phase.kind].hint}
      >
        {!lane && text.hint}
        {lane && <span class={styles.id}>{oneLine(lane.fetch.id, 60)} </span>}
        {phase && <b data-level={phase.level}>{nameOf(phase)} </b>}
        {lane && (phase ? describePhase(phase, lane) : describeLane(lane))}
      </p>
    </div>
  )
}
