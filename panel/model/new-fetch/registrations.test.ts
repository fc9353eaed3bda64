import { expect, test } from 'vitest'
import type { Frame } from '../session/session-view'
import { registrationsOf } from './registrations'

const frame = (some: Partial<Frame>): Frame => ({
  ...{ document: 'd', storageKey: 'https://pod.example', storageRead: true, listed: true },
  ...{ url: 'https://pod.example/app/x', top: true, secure: true, supported: true },
  ...{ permission: 'granted', scopes: [], error: '' },
  ...some,
})
const listed = (...frames: Frame[]) =>
  registrationsOf(frames).map(({ scope, own, framed }) => [scope, own ? 'own' : framed ? 'framed' : ''])

test('the registration whose scope the page is in comes first', () => {
  const scopes = ['https://pod.example/', 'https://pod.example/other/', 'https://pod.example/app/']
  expect(listed(frame({ scopes }))).toEqual([
    ['https://pod.example/app/', 'own'],
    ['https://pod.example/', ''],
    ['https://pod.example/other/', ''],
  ])
  expect(listed(frame({ scopes, url: 'https://pod.example/' }))[0]).toEqual(['https://pod.example/', 'own'])
  expect(listed(frame({ scopes: ['https://pod.example/other/'] }))).toEqual([
    ['https://pod.example/other/', ''],
  ])
})

test('those of frames come after, once for each storage key', () => {
  const other = {
    ...{ top: false, storageKey: 'https://cdn.example https://pod.example', url: 'https://cdn.example/f' },
    ...{ scopes: ['https://cdn.example/'] },
  }
  expect(
    listed(
      frame(other),
      frame(other),
      frame({ top: false, scopes: ['https://pod.example/'], url: 'about:blank' }),
      frame({ scopes: ['https://pod.example/'] }),
    ),
  ).toEqual([
    ['https://pod.example/', 'own'],
    ['https://cdn.example/', 'framed'],
  ])
})

test('a frame that can have none is left out; URLs are relative to one with an address', () => {
  expect(listed(frame({ secure: false, scopes: ['https://pod.example/'] }))).toEqual([])
  const blank = frame({ url: 'about:blank', top: false, scopes: ['https://pod.example/a/'] })
  expect(registrationsOf([blank])[0]?.base).toBe('https://pod.example/a/')
})

test('a scope that is no URL of a page is left out', () => {
  const scopes = ['', 'https://', 'chrome-extension://x/', 'https://pod.example/']
  expect(listed(frame({ scopes }))).toEqual([['https://pod.example/', 'own']])
})
