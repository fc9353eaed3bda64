/** How many elements are read. */
const MAX_ELEMENTS = 200

const NAMING = 'link[href], script[src], img[src], a[href]'

/** URLs of its origin that a document names: what a site stores for offline use is mostly among them. */
export function urlsInDocument(): string[] {
  // A document's forms and frames are its properties by their names.
  const { querySelectorAll } = Document.prototype
  const found = new Set<string>()
  for (const element of [...querySelectorAll.call(document, NAMING)].slice(0, MAX_ELEMENTS)) {
    const path = element.getAttribute('href') ?? element.getAttribute('src') ?? ''
    if (!URL.canParse(path, location.href)) continue
    const url = new URL(path, location.href)
    if (url.origin === location.origin) found.add(url.href.replace(/#.*$/s, ''))
  }
  return [...found]
}
