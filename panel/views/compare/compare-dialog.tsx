import { useRef, useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { compare } from '../../model/compare/compare'
import { comparisonMarkdown } from '../../model/compare/markdown'
import { likelyPartner } from '../../model/compare/partner'
import type { Fetch } from '../../model/session/view'
import { listFetches } from '../../model/table/fetch-list'
import { type ComparedSession, comparing, drawnSession, sideOf } from '../../state/compare'
import { knownUntil, model, past, revision } from '../../state/session/session'
import { siteSettingsChanged } from '../../state/site-settings'
import { CopyButton } from '../copy-button'
import { Dialog } from '../dialog/dialog'
import { DialogHead } from '../dialog/dialog-head'
import { Choice, fetchText } from './choice'
import styles from './compare.module.css'
import { ComparisonTable } from './comparison'

const text = { title: t('compare_title') }

/** Compares a fetch with another one; there is one such dialog for the whole panel. */
export function CompareDialog() {
  revision.value
  const chosen = comparing.value
  const fetch = chosen && model().fetches.find(({ key }) => key === chosen.key)
  return fetch ? <Compared key={fetch.key} fetch={fetch} first={chosen.with} /> : null
}

const close = () => {
  comparing.value = null
}

/** The fetches of a session in the order of the table, without the one that they are compared with. */
const othersIn = (session: ComparedSession, fetch: Fetch): readonly Fetch[] =>
  listFetches(session.model().fetches, {
    onlyActive: false,
    sorting: null,
    verdict: () => '',
    now: knownUntil(),
  }).filter((one) => one !== fetch)

interface Props {
  readonly fetch: Fetch
  /** The other one, where it was chosen. */
  readonly first: string | null
}

function Compared({ fetch, first }: Props) {
  revision.value
  siteSettingsChanged.value
  const dialog = useRef<HTMLDialogElement>(null)
  const [session, setSession] = useState(drawnSession)
  const [key, setKey] = useState(() => first ?? likelyPartner(fetch, model().fetches)?.key ?? '')
  const fetches = othersIn(session, fetch)
  const other = fetches.find((one) => one.key === key) ?? null
  const comparison = other && compare(sideOf(fetch, drawnSession()), sideOf(other, session))
  const open = (opened: ComparedSession) => {
    setSession(opened)
    setKey(likelyPartner(fetch, opened.model().fetches)?.key ?? '')
  }
  const named = (one: Fetch, of: string) => [fetchText(one), of].filter(Boolean).join(', ')
  const names = {
    a: named(fetch, past.value?.title ?? ''),
    b: other ? named(other, session.past?.title ?? '') : '',
  }
  return (
    <Dialog dialog={dialog} class={styles.dialog} aria-labelledby="compare-title" onClose={close}>
      <DialogHead dialog={dialog} id="compare-title" title={text.title} class={styles.head}>
        {comparison && (
          <CopyButton report={() => comparisonMarkdown(comparison, names)} class={styles.copied} />
        )}
      </DialogHead>
      <div class={styles.choices}>
        <p class={styles.own}>
          <b>A</b> <span>{fetchText(fetch)}</span>
        </p>
        <Choice session={session} fetches={fetches} chosen={other} choose={setKey} open={open} />
      </div>
      <div class={styles.scroll}>
        <p class={styles.summary} role="status" data-compare-summary>
          {comparison?.summary}
        </p>
        {comparison && <ComparisonTable comparison={comparison} />}
      </div>
    </Dialog>
  )
}
