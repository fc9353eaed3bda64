// @ts-check

const DEFAULT_SPEED = 400_000

/** The name of the abort handler the podcast worker uses; remembered over visits. */
export function readHandler() {
  return localStorage.getItem('longwave.handler') ?? 'keep'
}

/** @param {string} name */
export function saveHandler(name) {
  localStorage.setItem('longwave.handler', name)
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
