import { audit, fixOf, type Verdict } from '../../model/audit/audit'
import type { Finding } from '../../model/audit/findings'
import { rules } from '../../model/audit/rules'
import { verdictName } from '../../model/describe-storage'
import { bytes } from '../../model/format'
import type { Fetch } from '../../model/view'
import { excusesOf, rulesOff, toggleExpected, toggleRule } from '../../state/excuses'
import { revision } from '../../state/session'
import { say } from '../../words/words'
import styles from './audit.module.css'
import { Section } from './section'

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

/** The verdict on a fetch's clean-up, with its evidence. */
export function Audit({ fetch }: { readonly fetch: Fetch }) {
  revision.value
  const verdict = audit(fetch, excusesOf(fetch.storageKey))
  if (!verdict) return null
  const { storageKey } = fetch
  const compared = fetch.stocks.later ?? fetch.stocks.over
  return (
    <Section name="clean-up" title={text.title}>
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
    </Section>
  )
}
