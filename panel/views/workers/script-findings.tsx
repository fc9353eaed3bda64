import type { ScriptFinding, ScriptRule } from '../../../protocol/worker-events'
import { counted, t } from '../../i18n/i18n'
import { count } from '../../model/format'
import type { Worker } from '../../model/session/view'
import { findingsOf, textRules } from '../../model/workers/script-rules'
import { revision } from '../../state/session/session'
import { disabledRules, toggleRule } from '../../state/site-settings'
import { SourceLink } from '../log/source-link'
import styles from './script-findings.module.css'

const text = {
  read: t('script_findings_read'),
  disable: t('audit_disable'),
  disableHint: t('audit_disable_hint'),
  enable: t('audit_enable'),
  disabled: t('script_findings_disabled'),
}

function Finding({ finding: { rule, location } }: { readonly finding: ScriptFinding }) {
  const { wrong, fix, link } = textRules[rule]
  return (
    <li>
      <div>
        {wrong} <SourceLink location={location} />
      </div>
      <div class={styles.fix}>
        {fix}{' '}
        <a href={link} target="_blank" rel="noreferrer">
          MDN
        </a>{' '}
        <button type="button" class={styles.action} title={text.disableHint} onClick={() => toggleRule(rule)}>
          {text.disable}
        </button>
      </div>
    </li>
  )
}

const Disabled = ({ rule }: { readonly rule: ScriptRule }) => (
  <li class={styles.fix}>
    {text.disabled} {textRules[rule].wrong}{' '}
    <button type="button" class={styles.action} onClick={() => toggleRule(rule)}>
      {text.enable}
    </button>
  </li>
)

/** What is wrong in the text of a worker's scripts; nothing where nothing was found. */
export function ScriptFindings({ worker }: { readonly worker: Worker }) {
  // A worker is changed in place: what says so is the revision.
  revision.value
  const { shown, disabled } = findingsOf(worker, disabledRules.value)
  if (shown.length + disabled.length === 0) return null
  const title = t(counted(shown.length, 'script_findings'), count(shown.length))
  return (
    <details class={styles.findings} data-script-findings={shown.length}>
      <summary>{title}</summary>
      <p>{text.read}</p>
      <ul aria-label={title}>
        {shown.map((finding) => (
          <Finding key={JSON.stringify(finding)} finding={finding} />
        ))}
        {disabled.map((rule) => (
          <Disabled key={rule} rule={rule} />
        ))}
      </ul>
    </details>
  )
}
