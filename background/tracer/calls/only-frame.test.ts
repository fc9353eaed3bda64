import { expect, test } from 'vitest'
import { isOnlyFrame } from './only-frame'

const ORIGIN = 'https://pod.example'
const frame = (securityOrigin: string, ...childFrames: unknown[]) => ({
  frame: { securityOrigin },
  childFrames,
})

test.each([
  ['the page alone', frame(ORIGIN), true],
  ['a frame of another origin', frame(ORIGIN, frame('https://ads.example')), true],
  ['a frame of the same origin', frame(ORIGIN, frame(ORIGIN)), false],
  ['one in a frame of another origin', frame(ORIGIN, frame('https://ads.example', frame(ORIGIN))), false],
  ['an empty frame', frame(ORIGIN, frame('://')), false],
  ['a page of another origin', frame('https://other.example'), false],
  ['something else', { frame: 1 }, false],
])('%s', (_, frameTree, only) => {
  expect(isOnlyFrame({ frameTree }, ORIGIN)).toBe(only)
})
