import { expect, test } from 'vitest'
import type { SeenRequest } from '../../../protocol/seen-requests'
import { attributesOf, KEY, SCOPE } from '../streams/events.fixture'
import { asBackgroundFetch } from './copy-fetch'

type Copied = Parameters<typeof asBackgroundFetch>

const url = `${SCOPE}a`
const fetchOf = (some: Partial<Copied[0]> = {}): Copied[0] => ({
  id: 'episode',
  scope: SCOPE,
  attributes: attributesOf({ downloadTotal: 0 }),
  options: null,
  ...some,
})
const optionsOf = (some: object): Copied[0]['options'] => ({
  ...{ type: 'call-options', id: 'episode', origin: KEY, calledAt: 1, title: null, icons: [] },
  ...some,
})
const requestOf = (some: Partial<SeenRequest> = {}): SeenRequest => ({
  method: 'GET',
  url,
  headers: [],
  ...some,
})
const known = (...requests: SeenRequest[]): Copied[1] => ({ ok: true, requests, headersKnown: true })

/** What the copied call gives to `fetch()`, and for which scope. */
async function given(text: string) {
  const calls: unknown[] = []
  const backgroundFetch = { fetch: (...all: unknown[]) => calls.push(all) }
  const getRegistration = async (scope: string) => {
    calls.push(scope)
    return { backgroundFetch }
  }
  const run = new Function('navigator', `return (async () => (\n${text}\n))()`)
  await run({ serviceWorker: { getRegistration } })
  const [scope, call] = calls
  return { scope, call }
}

/** The comments of a call before the one on what is known of no request. */
function comments(text: string): readonly string[] {
  const all = text.split('\n').filter((line) => line.startsWith('//'))
  expect(all.at(-1)).toBe('// mode, credentials, cache and referrer unknown')
  return all.slice(0, -1)
}

test('the call that is copied gives the same to fetch()', async () => {
  const icons = [{ src: 'a.png', sizes: '96x96' }, { src: 'b"</script>.png' }]
  const fetch = fetchOf({
    id: 'a"b\u2028',
    attributes: attributesOf({ downloadTotal: 5 }),
    options: optionsOf({ title: 'An \u202e episode', icons }),
  })
  const text = asBackgroundFetch(
    fetch,
    known(requestOf(), requestOf({ method: 'POST', headers: [['x-mine', '1']] })),
  )
  expect(text).toMatch(/^[\n\x20-\x7e]+$/)
  expect(comments(text)).toEqual([])
  const { scope, call } = await given(text)
  expect(scope).toBe(SCOPE)
  const [id, [first, second], options] = call as [string, [unknown, Request], object]
  expect([id, first, options]).toEqual([
    fetch.id,
    url,
    { title: 'An \u202e episode', icons, downloadTotal: 5 },
  ])
  expect([second.method, second.url, [...second.headers]]).toEqual(['POST', url, [['x-mine', '1']]])
})

test('what is not known is left out, and said', async () => {
  const text = asBackgroundFetch(fetchOf(), { ...known(requestOf()), headersKnown: false } as Copied[1])
  expect(comments(text)).toEqual(['// headers unknown', '// title and icons unknown'])
  expect((await given(text)).call).toEqual(['episode', [url]])

  const bodies = asBackgroundFetch(fetchOf({ options: optionsOf({ title: '' }) }), {
    ok: false,
    why: 'bodies',
    requests: [requestOf(), requestOf({ method: 'PUT' })],
  })
  expect(comments(bodies)).toEqual(['// bodies unknown', '// icons unknown'])
  expect(bodies).toContain(`\n  "${url}",\n  new Request("${url}", { method: "PUT" }), // body unknown\n`)
  expect((await given(bodies)).call).toHaveLength(3)
})

test('a title or an icon that was cut is none, and more icons than were read are not denied', () => {
  const icons = Array.from({ length: 5 }, (_, i) => ({ src: `${i}.png` }))
  const ofOptions = (some: object) =>
    asBackgroundFetch(fetchOf({ options: optionsOf(some) }), known(requestOf()))
  expect(comments(ofOptions({ title: 'x'.repeat(4000), icons }))).toEqual([
    '// title unknown',
    '// there may be more icons',
  ])
  const cut = ofOptions({ title: 'a', icons: [...icons.slice(3), { src: 'x'.repeat(4000) }] })
  expect(comments(cut)).toEqual(['// there may be more icons'])
  expect(cut).toContain('icons: [{ src: "3.png" }, { src: "4.png" }],')
})
