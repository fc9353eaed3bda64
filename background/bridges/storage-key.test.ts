import { expect, test } from 'vitest'
import { storageKeyOf } from './storage-key'

test('a top-level frame and frames of the same site are not partitioned', () => {
  expect(storageKeyOf('https://pod.example', [])).toBe('https://pod.example')
  expect(storageKeyOf('https://a.pod.com', ['https://b.pod.com'])).toBe('https://a.pod.com')
  expect(storageKeyOf('http://localhost:1', ['http://localhost:2'])).toBe('http://localhost:1')
})

test('a third-party frame is distinguished by the top-level site', () => {
  expect(storageKeyOf('https://cdn.net', ['https://www.pod.com'])).toBe('https://cdn.net in https://pod.com')
})

test('a first-party frame inside a third-party one is partitioned too', () => {
  expect(storageKeyOf('https://pod.com', ['https://ad.net', 'https://pod.com'])).toBe(
    'https://pod.com in https://pod.com',
  )
})

test('scheme and public suffixes matter', () => {
  expect(storageKeyOf('https://pod.com', ['http://pod.com'])).toBe('https://pod.com in http://pod.com')
  expect(storageKeyOf('https://a.github.io', ['https://b.github.io'])).toContain(' in ')
})

test('an opaque ancestor makes a partition', () => {
  expect(storageKeyOf('https://pod.com', ['null'])).toBe('https://pod.com in opaque')
})
