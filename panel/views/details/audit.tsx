import { audit, type Fate, fixOf, type Verdict } from '../../model/audit/audit'
import type { Finding } from '../../model/audit/findings'
import { rules } from '../../model/audit/rules'
import { verdictName } from '../../model/describe-storage'
import { bytes, oneLine, pathIn } from '../../model/format'
import type { Fetch } from '../../model/view'
import { excusesOf, rulesOff, toggleExpected, toggleRule } from '../../state/excuses'
import { revision } from '../../state/session'
import { say } from '../../words/words'
import styles from './audit.module.css'
import { Storage } from './storage'

const text = {
  title: say('audit_title'),
  findings: say('audit_findings'),
  expected: say('audit_expected'),
  expectedHint: say('audit_expected_hint'),
  ruleOff: say('audit_rule_off'),
  ruleOffHint: say('audit_rule_off_hint'),
  undo: say('audit_undo'),
  pending: say('audit_pending'),
  pendingUnregistered: say('audit_pending_unregistered'),
  excused: say('audit_excused'),
  gaps: say('audit_gaps'),
  requests: say('audit_requests'),
  request: say('request'),
  response: say('response'),
  fate: say('fate_title'),
}

const fateText: Record<Fate['fate'], string> = {
  stored: say('fate_stored'),
  'kept-before': say('fate_kept_before'),
  dropped: say('fate_dropped'),
  incomplete: say('fate_incomplete'),
  unknown: say('fate_unknown'),
}

function FindingItem({ finding, fetch }: { readonly finding: Finding; readonly fetch: Fetch }) {
  const { storageKey } = fetch
  const rule = rules[finding.rule]
  return (
    <li class={styles.finding} data-severity={rule.severity}>
      <div>{rule.wrong}</div>
      {finding.item && (
        <code class={styles.item}>
          {finding.item}
          {finding.bytes > 0 && ` (${bytes(finding.bytes)})`}
        </code>
      )}
      <div class={styles.fix}>
        {fixOf(fetch, finding.rule)}{' '}
        <a href={rule.link} target="_blank" rel="noreferrer">
          MDN
        </a>
      </div>
      <div class={styles.actions}>
        {finding.item && (
          <button
            type="button"
            title={text.expectedHint}
            onClick={() => toggleExpected(storageKey, finding.pattern)}
          >
            {text.expected}
          </button>
        )}
        <button type="button" title={text.ruleOffHint} onClick={() => toggleRule(finding.rule)}>
          {text.ruleOff}
        </button>
      </div>
    </li>
  )
}

function Excused({ verdict, storageKey }: { readonly verdict: Verdict; readonly storageKey: string }) {
  if (verdict.excused.length === 0) return null
  return (
    <>
      <h4>{text.excused}</h4>
      <ul class={styles.plain}>
        {verdict.excused.map((finding) => {
          const byRule = rulesOff.value.has(finding.rule)
          const undo = () => (byRule ? toggleRule(finding.rule) : toggleExpected(storageKey, finding.pattern))
          return (
            <li key={`${finding.rule} ${finding.item}`} class={styles.actions}>
              <span>{finding.item || rules[finding.rule].wrong}</span>
              <button type="button" onClick={undo}>
                {text.undo}
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

interface FatesProps {
  readonly fates: readonly Fate[]
  readonly storageKey: string
}

function Fates({ fates, storageKey }: FatesProps) {
  if (fates.length === 0) return null
  return (
    <>
      <h4>{text.requests}</h4>
      <table class={`${styles.compared} ${styles.requests}`}>
        <thead>
          <tr>
            <th scope="col">{text.request}</th>
            <th scope="col">{text.response}</th>
            <th scope="col">{text.fate}</th>
          </tr>
        </thead>
        <tbody>
          {fates.map(({ record, fate, caches }) => (
            <tr key={record.index}>
              <td title={record.url}>
                <span class={styles.url}>{oneLine(pathIn(record.url, storageKey), 300)}</span>
              </td>
              <td>
                {record.status ?? ''} {record.size !== null && bytes(record.size)}
              </td>
              <td title={caches.join(', ')}>
                {caches.length > 0
                  ? say('fate_in', fateText[fate], oneLine(caches.join(', '), 60))
                  : fateText[fate]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The verdict on a fetch's clean-up, with its evidence. */
export function Audit({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const verdict = audit(fetch, excusesOf(fetch.storageKey))
  if (!verdict) return null
  const { storageKey } = fetch
  const compared = fetch.stocks.later ?? fetch.stocks.over
  return (
    <section aria-label={text.title}>
      <h3>{text.title}</h3>
      {compared || fetch.auditLost ? (
        <p class={styles.verdict} data-kind={verdict.kind}>
          <b>{verdictName[verdict.kind]}</b> {verdict.line}
        </p>
      ) : (
        <p class={styles.pending}>
          {fetch.unregisteredAt === null ? text.pending : text.pendingUnregistered}
        </p>
      )}
      {verdict.findings.length > 0 && (
        <ul class={styles.plain} aria-label={text.findings}>
          {verdict.findings.map((finding) => (
            <FindingItem key={`${finding.rule} ${finding.item}`} finding={finding} fetch={fetch} />
          ))}
        </ul>
      )}
      <Excused verdict={verdict} storageKey={storageKey} />
      <Fates fates={verdict.fates} storageKey={storageKey} />
      <Storage fetch={fetch} />
      {compared && verdict.gaps.length > 0 && (
        <>
          <h4>{text.gaps}</h4>
          <ul class={styles.plain}>
            {verdict.gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
