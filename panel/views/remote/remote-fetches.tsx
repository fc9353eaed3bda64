import { t } from '../../i18n/i18n'
import { progressText } from '../../model/describe/describe-fetch'
import { oneLine } from '../../model/format'
import { shownId } from '../../model/shown-id'
import {
  abortingRemotely,
  abortRemote,
  type RemoteFetch,
  remoteAnswer,
  remoteKey,
  remotePage,
} from '../../state/remote/remote-page'
import { TableHead } from '../table-head'
import styles from './remote.module.css'

const text = {
  label: t('remote_label'),
  id: t('table_id'),
  progress: t('table_progress'),
  abort: t('abort'),
  aborting: t('aborting'),
  silent: t('remote_silent'),
  looking: t('empty_looking'),
}

function Row({ fetch }: { readonly fetch: RemoteFetch }) {
  const aborting = abortingRemotely.value.has(remoteKey(fetch))
  const id = oneLine(shownId(fetch.id), 1000)
  return (
    <tr title={fetch.scope}>
      <td class={styles.id} title={id}>
        {id}
      </td>
      <td>{progressText(fetch)}</td>
      <td>
        <button
          type="button"
          aria-label={t('abort_of', id)}
          disabled={aborting}
          onClick={() => void abortRemote(fetch)}
        >
          {aborting ? text.aborting : text.abort}
        </button>
      </td>
    </tr>
  )
}

/** The last answer to an abort, or why nothing is read. */
function statusText(): string {
  const { problem, silent } = remotePage.value
  if (silent) return text.silent
  if (problem) return t('remote_problem', oneLine(problem, 300))
  const last = remoteAnswer.value
  return last ? t('remote_answer', oneLine(shownId(last.id), 100), oneLine(last.answer, 300)) : ''
}

/** The active background fetches of a page that is no tab of this browser, as `inspectedWindow.eval()` reads them. */
export function RemoteFetches() {
  const { url, fetches } = remotePage.value
  return (
    <>
      {fetches.length > 0 && (
        <table class={styles.table} aria-label={text.label}>
          <TableHead columns={[text.id, text.progress]}>
            <td />
          </TableHead>
          <tbody>
            {fetches.map((fetch) => (
              <Row key={remoteKey(fetch)} fetch={fetch} />
            ))}
          </tbody>
        </table>
      )}
      {fetches.length === 0 && <p>{url ? t('remote_none', oneLine(url, 120)) : text.looking}</p>}
      <p role="status">{statusText()}</p>
    </>
  )
}
