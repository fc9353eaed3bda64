import { expect, test } from 'vitest'
import { needsPreflight } from './request-traits'

const URL = 'https://other.example/a'
const HERE = 'https://pod.example'
const asks = (init?: RequestInit, url = URL) => needsPreflight(new Request(url, init), HERE)

test.each<[string, RequestInit]>([
  ['PUT', { method: 'PUT' }],
  ['DELETE', { method: 'DELETE' }],
  ['Authorization', { headers: { authorization: 'Bearer x' } }],
  ['JSON', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
  ['a header of its own', { headers: { 'x-part': '1' } }],
  ['several ranges', { headers: { range: 'bytes=0-1,2-3' } }],
  ['a very long header', { headers: { accept: 'a'.repeat(129) } }],
])('another origin is asked first: %s', (_, init) => {
  expect(asks(init)).toBe(true)
  expect(asks(init, `${HERE}/a`)).toBe(false)
})

test.each<[string, RequestInit]>([
  ['GET', {}],
  ['a form', { method: 'POST', body: 'a=1', headers: { 'content-type': 'text/plain;charset=utf-8' } }],
  ['a range', { headers: { range: 'bytes=100-' } }],
  ['languages', { headers: { 'accept-language': 'de' } }],
])('another origin is not asked: %s', (_, init) => expect(asks(init)).toBe(false))
