import { MAX_ICONS } from '../../../protocol/page-script-events'
import { MAX_WORKER_TEXT } from '../../../protocol/worker-fields'
import { t } from '../../i18n/i18n'
import { indented } from '../copy-test/code'
import { comment, literal } from '../copy-test/literal'
import { isBodiless, type Repeatable } from '../repeat'
import type { Fetch } from '../session/view'
import { type CopiedRequest, requestArguments, settingsUnknown } from './copy-request'

const text = {
  headers: t('copy_headers_unknown'),
  bodies: t('copy_bodies_unknown'),
  options: t('copy_options_unknown'),
  title: t('copy_title_unknown'),
  icons: t('copy_icons_unknown'),
  moreIcons: t('copy_icons_more'),
}

type CopiedFetch = Pick<Fetch, 'id' | 'scope' | 'attributes' | 'options'>

/** What can be copied of a fetch: all is known but bodies, or but the headers. */
type Copyable = Extract<Repeatable, { readonly requests: unknown }>

const isWhole = (value: string) => value.length < MAX_WORKER_TEXT

/** What was read of the options, without what is longer than what was read of it. */
function knownOptions({ options }: CopiedFetch) {
  const title = options?.title ?? null
  return {
    title: title !== null && isWhole(title) ? title : null,
    icons: (options?.icons ?? []).filter(({ src, sizes = '' }) => isWhole(src) && isWhole(sizes)),
    moreIcons: options?.icons.length === MAX_ICONS || options?.icons.some(({ src }) => !isWhole(src)),
  }
}

function unknownOf(fetch: CopiedFetch, known: Copyable): readonly string[] {
  const { title, icons, moreIcons } = knownOptions(fetch)
  const noIcons = icons.length === 0
  return [
    ...(known.ok && !known.headersKnown ? [text.headers] : []),
    ...(known.ok ? [] : [text.bodies]),
    ...(title === null ? [noIcons ? text.options : text.title] : noIcons ? [text.icons] : []),
    ...(!noIcons && moreIcons ? [text.moreIcons] : []),
    settingsUnknown,
  ]
}

function requestLine(request: CopiedRequest): string {
  const given = requestArguments(request)
  const line = given === literal(request.url) ? given : `new Request(${given})`
  return request.mayHaveBody ? `${line}, // ${t('copy_body_unknown')}` : `${line},`
}

function optionLines(fetch: CopiedFetch): readonly string[] {
  const { title, icons } = knownOptions(fetch)
  const { downloadTotal } = fetch.attributes
  const iconTexts = icons.map(({ src, sizes }) =>
    sizes === undefined ? `{ src: ${literal(src)} }` : `{ src: ${literal(src)}, sizes: ${literal(sizes)} }`,
  )
  return [
    ...(title === null ? [] : [`title: ${literal(title)},`]),
    ...(iconTexts.length === 0 ? [] : [`icons: [${iconTexts.join(', ')}],`]),
    ...(downloadTotal > 0 ? [`downloadTotal: ${downloadTotal},`] : []),
  ]
}

/** A call of `BackgroundFetchManager.fetch()` like the one that started a fetch, after comments that name what of it is not known. */
export function asBackgroundFetch(fetch: CopiedFetch, known: Copyable): string {
  const requests = known.requests.map((request) =>
    requestLine({ ...request, mayHaveBody: !known.ok && !isBodiless(request), isCut: false }),
  )
  const options = optionLines(fetch)
  const registration = `await navigator.serviceWorker.getRegistration(${literal(fetch.scope)})`
  return [
    ...unknownOf(fetch, known).flatMap(comment),
    `await (${registration}).backgroundFetch.fetch(${literal(fetch.id)}, [`,
    ...requests.map(indented),
    options.length === 0 ? '])' : '], {',
    ...options.map(indented),
    ...(options.length === 0 ? [] : ['})']),
  ].join('\n')
}
