import { needsPreflight } from '../../../protocol/cors'
import type { NewRequest } from '../../../protocol/new-fetch'
import { MAX_TEXT } from '../../../protocol/page-events'
import { counted, t } from '../../i18n/i18n'
import { isMixedContent } from '../describe/mixed-content'
import { count } from '../format'
import { nextId } from '../repeat'
import { idOf } from './id-template'
import type { PageRegistration } from './registrations'
import { readRequests, requestsText, type TextProblem, type TypedRequest } from './requests-text'

/** What the form of a new fetch holds: all of it as it is typed. */
export interface NewFetchFields {
  readonly id: string
  readonly title: string
  readonly downloadTotal: string
  readonly requests: string
}
export type FieldName = keyof NewFetchFields | 'registration'

/** What follows from the fields. */
export interface CheckedFields {
  /** What is wrong, by field, each in a sentence. */
  readonly problems: Readonly<Partial<Record<FieldName, readonly string[]>>>
  /** The first thing that is wrong with the requests. */
  readonly textProblem: TextProblem | undefined
  /** Requests that Background Fetch would not send. */
  readonly warnings: readonly string[]
  /** The fetch that is to be started; null where something is wrong. */
  readonly fetch: {
    readonly id: string
    readonly title: string
    readonly requests: readonly NewRequest[]
    /** In bytes; 0 for none. */
    readonly downloadTotal: number
  } | null
}

const text = {
  idEmpty: t('new_fetch_id_empty'),
  totalWrong: t('new_fetch_total_wrong'),
  noRegistration: t('new_fetch_no_registration'),
  preflight: t('new_fetch_preflight'),
  mixed: t('new_fetch_mixed'),
}

/** More sentences on the requests are only counted. */
const MAX_SAID = 4

const firstOf = (sentences: readonly string[]): readonly string[] => {
  const more = sentences.length - MAX_SAID
  return more <= 0
    ? sentences
    : [...sentences.slice(0, MAX_SAID), t(counted(more, 'new_fetch_more'), count(more))]
}

function idProblem(id: string): string {
  if (id === '') return text.idEmpty
  return id.length > MAX_TEXT ? t('new_fetch_too_long', count(MAX_TEXT)) : ''
}

const totalProblem = (typed: string): string =>
  /^\d*$/.test(typed) && Number.isSafeInteger(Number(typed)) ? '' : text.totalWrong

/** What is known of requests before they are made: Background Fetch sends none of these. */
function warningsOf(requests: readonly TypedRequest[], { scope }: PageRegistration): readonly string[] {
  const { origin } = new URL(scope)
  return requests.flatMap(({ line, request }) => {
    const why = isMixedContent(request.url, scope)
      ? text.mixed
      : needsPreflight(request, origin)
        ? text.preflight
        : ''
    if (!why) return []
    return [requests.length === 1 ? why : t('new_fetch_line', line, why)]
  })
}

/** Reads the requests that were typed. `base`: what their URLs are relative to, where that is known. */
export const readTyped = (typed: string, base = 'https://page.invalid/') => readRequests(typed, base)

/**
 * Checks what was typed before anything is sent.
 *
 * @param registration that was chosen; undefined where there is none
 * @param used IDs of fetches that were seen
 * @param read the requests where they were read before, which takes long for long texts
 */
export function checkFields(
  { id: typedId, title, downloadTotal, requests: typed }: NewFetchFields,
  registration: PageRegistration | undefined,
  used: ReadonlySet<string>,
  read = readTyped(typed, registration?.base),
): CheckedFields {
  const id = idOf(typedId, used)
  const { requests, problems } = read
  const byField: Record<FieldName, readonly string[]> = {
    registration: [registration ? '' : text.noRegistration],
    id: [idProblem(id)],
    title: [title.length > MAX_TEXT ? t('new_fetch_too_long', count(MAX_TEXT)) : ''],
    downloadTotal: [totalProblem(downloadTotal.trim())],
    requests: firstOf(problems.map(({ problem }) => problem)),
  }
  const wrong = Object.entries(byField)
    .map(([name, sentences]) => [name, sentences.filter(Boolean)] as const)
    .filter(([, sentences]) => sentences.length > 0)
  return {
    problems: Object.fromEntries(wrong),
    textProblem: problems[0],
    warnings: registration ? firstOf(warningsOf(requests, registration)) : [],
    fetch:
      wrong.length > 0
        ? null
        : {
            id,
            // A title that is not given is the ID, as of a test fetch.
            title: title || id,
            downloadTotal: Number(downloadTotal.trim()),
            requests: requests.map(({ request }) => request),
          },
  }
}

const TEST_ID = 'test-fetch'

/** An ID that no fetch has had. */
const freeId = (id: string, used: ReadonlySet<string>) => (used.has(id) ? nextId(id, used) : id)

/** The fields of a fetch of the page's own URL. */
export function testFields(
  { base }: Pick<PageRegistration, 'base'>,
  used: ReadonlySet<string>,
): NewFetchFields {
  return { id: freeId(TEST_ID, used), title: '', downloadTotal: '', requests: base.replace(/#.*$/, '') }
}

/** The fields that were used before; an ID that is used by now with the next number. */
export const usedAgain = (fields: NewFetchFields, used: ReadonlySet<string>): NewFetchFields => ({
  ...fields,
  id: freeId(fields.id, used),
})

/** The fields of a fetch that is like one that was seen. */
export const fieldsLike = (
  id: string,
  requests: readonly NewRequest[],
  downloadTotal: number,
): NewFetchFields => ({
  id,
  title: '',
  downloadTotal: downloadTotal > 0 ? String(downloadTotal) : '',
  requests: requestsText(requests),
})
