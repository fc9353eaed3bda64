import { randomFrom, seedOf } from './seed'

const HEADER_BYTES = 44
const SAMPLE_RATE = 8000
const BYTES_PER_SAMPLE = 2
const LOOP_SECONDS = 8
const NOTE_SECONDS = 0.5
const LOUDNESS = 0.12 * 32767
const SCALE_HZ = [220, 247, 277, 330, 370, 440, 494, 554]

const loops = new Map<string, Buffer>()

/**
 * Bytes `start` (included) to `end` (not included) of a WAV file of `size` bytes.
 * Any piece can be made on its own, so a Range request needs no whole file in memory.
 */
export function wavBytes(name: string, size: number, start: number, end: number): Buffer {
  const out = Buffer.alloc(Math.max(0, end - start))
  let at = start
  if (at < HEADER_BYTES) at += header(size).copy(out, 0, at, Math.min(HEADER_BYTES, end))
  const loop = loopFor(name)
  while (at < end) {
    const from = (at - HEADER_BYTES) % loop.length
    at += loop.copy(out, at - start, from, Math.min(loop.length, from + end - at))
  }
  return out
}

function header(size: number): Buffer {
  const head = Buffer.alloc(HEADER_BYTES)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(size - 8, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20) // PCM
  head.writeUInt16LE(1, 22) // mono
  head.writeUInt32LE(SAMPLE_RATE, 24)
  head.writeUInt32LE(SAMPLE_RATE * BYTES_PER_SAMPLE, 28)
  head.writeUInt16LE(BYTES_PER_SAMPLE, 32)
  head.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34)
  head.write('data', 36, 'latin1')
  // An odd size leaves one byte after the last whole sample; players skip it as padding.
  head.writeUInt32LE((size - HEADER_BYTES) & ~1, 40)
  return head
}

function loopFor(name: string): Buffer {
  const known = loops.get(name)
  if (known) return known
  // Names come from requests, so the memory they can take is bounded.
  if (loops.size >= 100) loops.clear()
  const loop = makeLoop(seedOf(name))
  loops.set(name, loop)
  return loop
}

/** A few seconds of soft plucked notes over a drone; its frequencies are whole, so it repeats without a click. */
function makeLoop(seed: number): Buffer {
  const random = randomFrom(seed)
  const pick = () => SCALE_HZ[Math.floor(random() * SCALE_HZ.length)] ?? 220
  const notes = Array.from({ length: LOOP_SECONDS / NOTE_SECONDS }, pick)
  const drone = pick() / 2
  const loop = Buffer.alloc(LOOP_SECONDS * SAMPLE_RATE * BYTES_PER_SAMPLE)
  for (let i = 0; i < LOOP_SECONDS * SAMPLE_RATE; i++) {
    const time = i / SAMPLE_RATE
    const inNote = time % NOTE_SECONDS
    const note = notes[Math.floor(time / NOTE_SECONDS)] ?? 220
    const fade = Math.min(1, inNote * 60) * Math.exp(-6 * inNote) * Math.min(1, (NOTE_SECONDS - inNote) * 40)
    const wave = Math.sin(2 * Math.PI * note * inNote) * fade + 0.25 * Math.sin(2 * Math.PI * drone * time)
    loop.writeInt16LE(Math.round(wave * LOUDNESS), i * BYTES_PER_SAMPLE)
  }
  return loop
}
