import type { BackgroundForPanel } from '../../../protocol/commands'
import { t } from '../../i18n/i18n'

/** Something the background is asked to do, or to answer. Doing it twice is doing it once. */
export type Command<T = unknown> = (background: BackgroundForPanel) => Promise<T>

export interface Commands {
  /**
   * Asks now, or as soon as there is somebody to ask. Resolves with the answer; rejects when the background refuses,
   * or when there will be none any more.
   */
  give<T>(command: Command<T>): Promise<T>
  /** There is a background again: what the last one did not answer is asked once more, in the same order. */
  connected(background: BackgroundForPanel): void
  disconnected(): void
  /** There will be no background any more. */
  end(): void
}

interface Open {
  ask(background: BackgroundForPanel): Promise<void>
  refuse(error: Error): void
}

/** What a person asked for is not forgotten because the background was stopped at that moment. */
export function createCommands(): Commands {
  const open = new Set<Open>()
  let background: BackgroundForPanel | undefined
  let ended = false
  const gone = () => new Error(t('extension_gone'))

  return {
    give: (command) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(gone())
        const one: Open = {
          async ask(asked) {
            try {
              resolve(await command(asked))
            } catch (error) {
              // Stopped before it could answer: the next one is asked. Otherwise it refused, and would again.
              if (asked !== background) return
              reject(error)
            }
            open.delete(one)
          },
          refuse: reject,
        }
        open.add(one)
        if (background) void one.ask(background)
      }),
    connected(to) {
      background = to
      for (const one of open) void one.ask(to)
    },
    disconnected() {
      background = undefined
    },
    end() {
      ended = true
      background = undefined
      for (const one of open) one.refuse(gone())
      open.clear()
    },
  }
}
