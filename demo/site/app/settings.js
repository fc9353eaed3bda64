// @ts-check
import { handlerNotes } from './handler-notes.js'

const DEFAULT_SPEED = 400_000

/** The name of the abort handler the podcast worker uses: that of the page's address, else the one that is remembered over visits. */
export function readHandler() {
  const asked = new URLSearchParams(location.search).get('handler')
  if (asked !== null && Object.hasOwn(handlerNotes, asked)) return asked
  return localStorage.getItem('longwave.handler') ?? 'keep'
}

/** @param {string} name */
export function saveHandler(name) {
  localStorage.setItem('longwave.handler', name)
  // Who opens this address with another profile has the same handler.
  const url = new URL(location.href)
  url.searchParams.set('handler', name)
  history.replaceState(null, '', url)
}

/** How fast the server sends, in bytes per second; 0 is as fast as it can. */
export function readSpeed() {
  const saved = Number(localStorage.getItem('longwave.speed') ?? DEFAULT_SPEED)
  return Number.isSafeInteger(saved) && saved >= 0 ? saved : DEFAULT_SPEED
}

/** @param {number} speed */
export function saveSpeed(speed) {
  localStorage.setItem('longwave.speed', String(Math.max(0, Math.floor(speed))))
}
