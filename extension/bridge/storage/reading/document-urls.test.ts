import { afterEach, expect, test, vi } from 'vitest'
import { urlsInDocument } from './document-urls'

afterEach(() => vi.unstubAllGlobals())

/** A document whose elements have these attributes. */
const show = (elements: readonly Readonly<Record<string, string>>[]) => {
  const found = elements.map((attributes) => ({ getAttribute: (name: string) => attributes[name] ?? null }))
  vi.stubGlobal('location', new URL('https://pod.example/app/'))
  // A form of that name is in the way.
  vi.stubGlobal('document', { baseURI: 'a frame', querySelectorAll: 'a form' })
  vi.stubGlobal('Document', { prototype: { querySelectorAll: () => found } })
}

test('what the document names of its own origin is there once, without its fragment', () => {
  show([
    { href: 'app.css' },
    { src: '/app.js' },
    { href: '/app/app.css#part' },
    { href: 'https://cdn.example/b.js' },
    { href: 'mailto:a@pod.example' },
    { src: 'http://[' },
  ])
  expect(urlsInDocument()).toEqual(['https://pod.example/app/app.css', 'https://pod.example/app.js'])
})

test('of a long document some hundreds are read', () => {
  show(Array.from({ length: 5000 }, (_, n) => ({ href: `/${n}` })))
  expect(urlsInDocument()).toHaveLength(200)
})
