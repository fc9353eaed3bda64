import * as v from 'valibot'
import { NewFetch } from '../../protocol/new-fetch'
import { type PageAnswer, refusal } from '../../protocol/page-requests'
import type { Page, Registration } from './page'

/** Starts a fetch, as a page of the site would. What does not fit the schema starts none. */
export async function newFetch(
  page: Pick<Page, 'started'>,
  { scope, active, backgroundFetch }: Registration,
  asked: NewFetch,
): Promise<PageAnswer> {
  const checked = v.safeParse(NewFetch, asked)
  if (!checked.success) return refusal('bad-request')
  if (!active || !backgroundFetch) return refusal('no-worker')
  const { id, title, requests, downloadTotal } = checked.output
  const made = requests.map(
    ({ url, method, headers, body, options }) =>
      new Request(url, { ...options, method, headers, ...(body === undefined ? {} : { body }) }),
  )
  const total = downloadTotal > 0 ? { downloadTotal } : {}
  await page.started(scope, await backgroundFetch.fetch(id, made, { title, ...total }))
  return { ok: true }
}
