import { t } from '../../i18n/i18n'
import { isJudged } from '../../model/audit/evidence/basis'
import type { Finding } from '../../model/audit/finding'
import { isLogged, rules } from '../../model/audit/rules'
import { audit, type Verdict } from '../../model/audit/verdict'
import { verdictName } from '../../model/describe/describe-storage'
import { duration } from '../../model/format'
import { laterChangeText } from '../../model/session/later-change'
import type { Fetch } from '../../model/session/view'
import { model, revision } from '../../state/session/session'
import { disabledRules, siteSettingsOf, toggleIgnored, toggleRule } from '../../state/site-settings'
import { CopyTest } from '../copy-test/copy-test'
import styles from './audit.module.css'
import { FindingItem, type FindingProps } from './finding-item'
import { HandlerLine } from './handler-line'
import { Matching } from './matching'
import { Section } from './section'

const text = {
  title: t('audit_title'),
  findings: t('audit_findings'),
  wrong: t('audit_wrong'),
  errors: t('audit_errors'),
  left: t('audit_left'),
  unmatched: t('audit_unmatched'),
  removed: t('audit_removed'),
  undo: t('audit_undo'),
  enable: t('audit_enable'),
  pending: t('audit_pending'),
  pendingUnregistered: t('audit_pending_unregistered'),
  suppressed: t('audit_suppressed'),
  gaps: t('audit_gaps'),
}

/** More findings of one kind are not drawn. */
const MAX_SHOWN = 100

interface FindingsProps extends Omit<FindingProps, 'finding'> {
  readonly title: string
  readonly found: readonly Finding[]
}

function Findings({ title, found, fetch, verdict }: FindingsProps) {
  if (found.length === 0) return null
  return (
    <>
      <h4>{title}</h4>
      <ul class={styles.plain} aria-label={text.findings}>
        {found.slice(0, MAX_SHOWN).map((finding) => (
          <FindingItem
            key={`${finding.rule} ${finding.item}`}
            finding={finding}
            fetch={fetch}
            verdict={verdict}
          />
        ))}
      </ul>
      {found.length > MAX_SHOWN && <p class={styles.pending}>{t('audit_more', found.length - MAX_SHOWN)}</p>}
    </>
  )
}

function Suppressed({ verdict, storageKey }: { readonly verdict: Verdict; readonly storageKey: string }) {
  if (verdict.suppressed.length === 0) return null
  return (
    <>
      <h4>{text.suppressed}</h4>
      <ul class={styles.plain}>
        {verdict.suppressed.slice(0, MAX_SHOWN).map((finding) => {
          const byRule = disabledRules.value.has(finding.rule)
          const undo = () => (byRule ? toggleRule(finding.rule) : toggleIgnored(storageKey, finding.pattern))
          return (
            <li key={`${finding.rule} ${finding.item}`} class={styles.actions}>
              <span>{finding.item || rules[finding.rule].wrong}</span>
              <button type="button" onClick={undo}>
                {byRule ? text.enable : text.undo}
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** How long before or after a fetch was found the storage was read that it is compared with. */
function baselineText({ baselineAge }: Verdict): string {
  if (baselineAge === null) return ''
  const key = baselineAge < 0 ? 'storage_compared_after' : 'storage_compared_before'
  return t(key, duration(Math.abs(baselineAge)))
}

/** The verdict on a fetch's end, with its evidence. */
export function Audit({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const { storageKey } = fetch
  if (!isJudged(fetch)) return null
  const verdict = audit(fetch, siteSettingsOf(storageKey))
  if (!verdict) {
    return (
      <Section name="clean-up" title={text.title}>
        <p class={styles.pending}>
          {fetch.unregisteredAt === null ? text.pending : text.pendingUnregistered}
        </p>
      </Section>
    )
  }
  const { wrong, left, unmatched, gaps, kind } = verdict
  return (
    <Section name="clean-up" title={text.title}>
      <p class={styles.verdict} data-verdict={kind} data-final={verdict.final}>
        <b>{verdictName(verdict)}:</b> {verdict.line}
      </p>
      {wrong.length + left.length + unmatched.length > 0 && <HandlerLine fetch={fetch} />}
      <CopyTest key={fetch.key} fetch={fetch} />
      <Findings
        title={text.wrong}
        found={wrong.filter((finding) => !isLogged(finding))}
        fetch={fetch}
        verdict={verdict}
      />
      <Findings title={text.errors} found={wrong.filter(isLogged)} fetch={fetch} verdict={verdict} />
      <Findings title={text.left} found={left} fetch={fetch} verdict={verdict} />
      <Findings title={text.unmatched} found={unmatched} fetch={fetch} verdict={verdict} />
      <Findings title={text.removed} found={verdict.removed} fetch={fetch} verdict={verdict} />
      {verdict.final && verdict.readAfter !== null && (
        <p class={styles.pending}>
          {baselineText(verdict)} {t('storage_read_after', duration(verdict.readAfter))}{' '}
          {verdict.changedAfter !== null && t('storage_changed_after', duration(verdict.changedAfter))}{' '}
          {laterChangeText(fetch, model().fetches)}
        </p>
      )}
      <Suppressed verdict={verdict} storageKey={storageKey} />
      <Matching storageKey={storageKey} />
      {gaps.length > 0 && (
        <>
          <h4>{text.gaps}</h4>
          <ul class={styles.plain} aria-label={text.gaps}>
            {gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
