import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { placeOf } from '../../model/audit/evidence/items'
import { suggestRule } from '../../model/audit/evidence/matching'
import type { Finding } from '../../model/audit/finding'
import { rules, sentencesOf } from '../../model/audit/rules'
import type { Verdict } from '../../model/audit/verdict'
import { bytes } from '../../model/format'
import type { Fetch } from '../../model/session/view'
import { past } from '../../state/session/session'
import { addMatching, toggleIgnored, toggleRule } from '../../state/site-settings'
import { copyTextEntry } from '../log/bar-entries'
import { groups } from '../log/row-menu'
import { openContextMenu } from '../menu/context-menu'
import { copyEntry } from '../menu/copy-entry'
import type { MenuEntry } from '../menu/entries'
import styles from './audit.module.css'
import { canDelete, DeleteLeftover } from './delete-leftover'

const text = {
  belongs: t('audit_belongs'),
  ignore: t('audit_ignore'),
  ignoreHint: t('audit_ignore_hint'),
  disable: t('audit_disable'),
  disableHint: t('audit_disable_hint'),
  delete: t('delete_leftover'),
  menu: t('menu_finding'),
  copyName: t('menu_copy_name'),
}

export interface FindingProps {
  readonly finding: Finding
  readonly fetch: Fetch
  readonly verdict: Verdict
}

/** What a rule found, with its evidence, and what can be done about it. */
export function FindingItem({ finding, fetch, verdict }: FindingProps) {
  const [asks, setAsks] = useState(false)
  const { storageKey, id } = fetch
  const { rule, item, note, pattern } = finding
  const { wrong, fix } = sentencesOf(finding, verdict)
  // What may belong to another fetch is not to be deleted from here.
  const deletable = finding.mayBeOf.length === 0 ? finding.stored : null
  const offered = past.value ? [] : finding.names.map((name) => suggestRule(id, name))
  const suggested = offered.find((one) => one !== null)
  const facts = [finding.bytes > 0 ? bytes(finding.bytes) : '', note].filter(Boolean).join(', ')
  const evidence = facts ? `${item} (${facts})` : item
  const ignore = () => toggleIgnored(storageKey, pattern)
  const disable = () => toggleRule(rule)
  const action = (label: string, run: () => void, title = ''): MenuEntry => ({
    kind: 'action',
    label,
    title,
    run,
  })
  const nameOf = () => (finding.stored ? placeOf(finding.stored).name : '')
  const entries = () =>
    groups(
      [
        copyTextEntry(() => [wrong, item && evidence, fix].filter(Boolean).join('\n')),
        ...(finding.stored ? [copyEntry(text.copyName, nameOf)] : []),
      ],
      deletable && canDelete(fetch, deletable) ? [action(text.delete, () => setAsks(true))] : [],
      [
        ...(item ? [action(text.ignore, ignore, text.ignoreHint)] : []),
        action(text.disable, disable, text.disableHint),
      ],
    )
  return (
    <li
      class={styles.finding}
      data-severity={rules[rule].severity}
      onContextMenu={(event) => openContextMenu(event, text.menu, entries())}
    >
      <div>{wrong}</div>
      {item && <code class={styles.item}>{evidence}</code>}
      <div class={styles.fix}>
        {fix}{' '}
        <a href={rules[rule].link} target="_blank" rel="noreferrer">
          MDN
        </a>
      </div>
      <div class={styles.actions}>
        {suggested && (
          <button
            type="button"
            title={t('audit_belongs_hint', suggested.pattern, suggested.replacement)}
            onClick={() => addMatching(storageKey, suggested)}
          >
            {text.belongs}
          </button>
        )}
        {deletable && <DeleteLeftover fetch={fetch} stored={deletable} asks={asks} setAsks={setAsks} />}
        {item && (
          <button type="button" title={text.ignoreHint} onClick={ignore}>
            {text.ignore}
          </button>
        )}
        <button type="button" title={text.disableHint} onClick={disable}>
          {text.disable}
        </button>
      </div>
    </li>
  )
}
