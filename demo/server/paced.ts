import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Piece } from './range'

const TICK_MS = 50
const CHUNK_BYTES = 64 * 1024

/**
 * Writes a piece of a file made by `make` to the response. With a rate (bytes per second) it goes out
 * in small ticks, so that progress looks like a real, slow network; without, as fast as it is taken.
 */
export async function writePaced(
  response: ServerResponse,
  piece: Piece,
  rate: number,
  make: (start: number, end: number) => Buffer,
): Promise<void> {
  const began = performance.now()
  let at = piece.start
  while (at < piece.end && !response.destroyed) {
    // Counting from the beginning keeps the rate right however late a timer fires.
    const due = rate > 0 ? piece.start + (rate * (performance.now() - began + TICK_MS)) / 1000 : piece.end
    const end = Math.min(piece.end, Math.floor(due), at + CHUNK_BYTES)
    if (end > at && !response.write(make(at, end))) await drained(response)
    at = Math.max(at, end)
    if (rate > 0 && at < piece.end && at >= Math.floor(due)) await sleep(TICK_MS)
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}
