import type { WorkerNotPaused } from '../../../protocol/pause-events'
import type { Location } from '../../../protocol/worker-fields'
import { counted, t } from '../../i18n/i18n'
import { count, duration } from '../format'
import { lacksBreakpoint, type PauseBody } from '../workers/pauses'
import { type Description, info, warning } from './description'
import { placeText } from './place-text'

/** So many places are named. */
const PLACES = 4

const text = {
  set: t('row_breakpoint'),
  none: t('row_no_breakpoint'),
  paused: t('row_paused'),
  atHandler: t('row_paused_at'),
  elsewhere: t('row_paused_elsewhere'),
  resumed: t('row_resumed'),
  since: t('row_resumed_unknown'),
  notPaused: t('row_not_paused'),
  ranOn: t('row_not_paused_ran_on'),
  event: t('event_unknown'),
}

/** Places in scripts, the first ones by their names. */
export function placesText(locations: readonly Location[]): string {
  const first = locations.slice(0, PLACES).map(placeText).join(', ')
  const more = locations.length - PLACES
  return more > 0 ? t(counted(more, 'places_more'), first, count(more)) : first
}

function breakpoints(body: Extract<PauseBody, { type: 'handler-breakpoints' }>): Description {
  const { name, locations } = body
  const lacks = lacksBreakpoint(body)
  if (locations.length > 0) {
    const places = t('row_breakpoint_text', name, placesText(locations))
    return lacks ? warning(text.set, t('row_breakpoint_some', places)) : info(text.set, places)
  }
  return lacks
    ? warning(text.none, t('row_no_breakpoint_text', name))
    : info(text.none, t('row_no_breakpoint_listener', name))
}

function notPaused({ name, reason }: Pick<WorkerNotPaused, 'name' | 'reason'>): string {
  const event = name ?? text.event
  switch (reason) {
    case 'late':
      return t('row_not_paused_late', event)
    case 'no-breakpoint':
      return t('row_not_paused_unknown', event)
    case 'not-met':
      return t('row_not_paused_not_met', event)
    case 'ran-on':
      return text.ranOn
  }
}

/** What a row says of a pause of a worker in the debugger, or of what is to lead to one. */
export function describePause(body: PauseBody): Description {
  switch (body.type) {
    case 'handler-breakpoints':
      return breakpoints(body)
    case 'worker-paused':
      return info(text.paused, body.location ? text.atHandler : text.elsewhere)
    case 'worker-resumed':
      return info(
        text.resumed,
        body.after === null ? text.since : t('row_resumed_after', duration(body.after)),
      )
    case 'worker-not-paused':
      return warning(text.notPaused, notPaused(body))
  }
}
