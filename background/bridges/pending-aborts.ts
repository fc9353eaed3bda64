import type { Handle } from '../../protocol/handle'
import { onRecord } from '../store/on-record'
import type { Recorder } from '../store/recorder'
import type { Bridge } from './bridges'

/** Aborts that bridges were asked for, and have not answered yet. */
export interface PendingAborts {
  /** Asks the bridge of a fetch to abort it; the same command once. Resolves when that is on record. */
  abort(handle: Handle, command: string): Promise<void>
  /** A bridge has answered this command. */
  answered(command: string): void
  /** A bridge has another port: what was under way goes on. */
  cameBack(before: Bridge, bridge: Bridge): void
  /** A bridge is gone: it won't answer. */
  gone(bridge: Bridge): void
}

/** @param reach finds the bridge of a fetch, which may be on its way back */
export function createPendingAborts(
  recorder: Promise<Recorder>,
  reach: (handle: Handle) => Promise<Bridge | undefined>,
): PendingAborts {
  const commands = new Map<string, { handle: Handle; bridge: Bridge }>()

  const pageGone = async (
    handle: Handle,
    command: string,
    bridge: Bridge | undefined,
    kind: 'page-gone' | 'unanswered',
  ) => {
    return (await recorder).note(
      'page',
      { type: 'abort-answered', handle, command, outcome: { kind } },
      { document: bridge?.document ?? null, storageKey: bridge?.storageKey ?? null },
    )
  }

  /** Passes a command on; again to a bridge that has come back, which takes each command once. */
  const passOn = async (command: string, handle: Handle, bridge: Bridge) => {
    commands.set(command, { handle, bridge })
    // A port that drops meanwhile is noticed by itself.
    await bridge.rpc.abort.asEvent(handle, command).catch(() => {})
  }

  return {
    async abort(handle, command) {
      const made = await recorder
      const before = onRecord(made.journal.events, command)
      if (before.some(({ body }) => body.type === 'abort-answered')) return
      const asked = before.length > 0
      const safe = asked
        ? Promise.resolve()
        : made.note('panel', { type: 'abort-requested', handle, command })
      const bridge = await reach(handle)
      if (bridge) {
        await passOn(command, handle, bridge)
      } else {
        // What was asked for before may have been passed on before.
        await pageGone(handle, command, undefined, asked ? 'unanswered' : 'page-gone')
      }
      await safe
    },
    answered: (command) => commands.delete(command),
    cameBack(before, bridge) {
      for (const [command, pending] of [...commands]) {
        if (pending.bridge === before) void passOn(command, pending.handle, bridge)
      }
    },
    gone(bridge) {
      for (const [command, pending] of commands) {
        if (pending.bridge !== bridge) continue
        commands.delete(command)
        void pageGone(pending.handle, command, bridge, 'unanswered')
      }
    },
  }
}
