import { watch } from 'node:fs'
import { join } from 'node:path'
import { root } from '../browser/launch'

/** What the build reads. */
const SOURCES = [
  'background',
  'extension',
  'panel',
  'protocol',
  'scripts/build',
  'wire',
  'manifest.json',
  'package.json',
  'vite.config.ts',
]
/** An editor writes a file in several steps, in milliseconds. */
const CALM = 100

/** Calls `changed` after a change to the sources, never while an earlier call is still at work. */
export function watchSources(changed: () => Promise<void>): { close(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let working = Promise.resolve()
  const notice = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      working = working.then(changed).catch((error) => console.error(error))
    }, CALM)
  }
  const watchers = SOURCES.map((name) => watch(join(root, name), { recursive: true }, notice))
  return {
    close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
