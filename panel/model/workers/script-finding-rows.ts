import type { BodyOf, SessionEvent } from '../../../protocol/events'
import type { Location } from '../../../protocol/worker-fields'
import { t } from '../../i18n/i18n'
import type { SiteSettings } from '../audit/site-settings'
import { type Description, info, warning } from '../describe/description'
import { wrongEvents } from '../describe/worker-scripts-text'
import type { Rows } from '../session/rows'
import type { Row, Worker } from '../session/view'
import { textRules } from './script-rules'

/** The rows of findings in scripts. */
export interface ScriptFindingRows {
  add(event: SessionEvent, body: BodyOf<'worker-scripts'>, worker: Worker | undefined): void
  forget(): void
}

/** Adds a row for each finding, once for a scope: the same script is read at each start of its worker. */
export function createScriptFindingRows(rows: Rows): ScriptFindingRows {
  const known = new Set<string>()
  return {
    add(event, body, worker) {
      const isSaid = wrongEvents(body).length > 0
      for (const [index, { rule, location }] of (body.findings ?? []).entries()) {
        const name = JSON.stringify([worker?.scope, rule, location])
        if (known.has(name) || (isSaid && rule === 'script-unknown-event')) continue
        known.add(name)
        rows.add(event, null, { kind: 'script-finding', note: String(index) })
      }
    },
    forget: () => known.clear(),
  }
}

/** The finding that a row is about; undefined where it is about none. */
function findingOf({ kind, event: { body }, note }: Row) {
  return kind === 'script-finding' && body.type === 'worker-scripts'
    ? body.findings?.[Number(note)]
    : undefined
}

/** What such a row says: a rule that is disabled is no warning. */
export function describeScriptFinding(row: Row, { disabled }: SiteSettings): Description {
  const finding = findingOf(row)
  const name = t('row_script_finding')
  if (!finding) return info(name, '')
  const { wrong, fix } = textRules[finding.rule]
  if (disabled.has(finding.rule)) return info(name, t('row_script_finding_disabled', wrong))
  return warning(name, t('row_script_finding_text', wrong, fix))
}

/** The place in a script that a row is about; of a fetch that started, where the page called `fetch()`. */
export function placeOfRow(row: Row): Location | null {
  const { body } = row.event
  const finding = findingOf(row)
  if (finding) return finding.location
  if (body.type === 'fetch-seen') return row.fetch?.initiator?.location ?? null
  return 'location' in body ? body.location : null
}
