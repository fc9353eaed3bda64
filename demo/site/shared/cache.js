// @ts-check

/** Opens the cache that holds everything downloaded. */
export function openEpisodes() {
  return caches.open('episodes')
}

/**
 * The stored response for an address. The query holds only how the file was served, so it does not count.
 * @param {string} url
 */
export async function findStored(url) {
  return (await openEpisodes()).match(url, { ignoreSearch: true })
}
