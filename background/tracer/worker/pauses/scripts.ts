import * as v from 'valibot'
import type { BackgroundFetchEventName } from '../../../../protocol/event-names'
import { askBrowser, type Send } from '../../remote'
import { timeSliced } from '../worker-scripts'
import { writtenHandlers } from './handler-texts'
import type { ScriptPosition } from './positions'

/** So many scripts of a run are remembered, and read where their text has to say where handlers are. */
const MAX_SCRIPTS = 600
/** The longest script that is read, in characters. */
const MAX_SCRIPT = 600_000

/** A script that the worker has loaded. */
const Script = v.object({
  scriptId: v.string(),
  url: v.string(),
  /** Of its text. */
  hash: v.optional(v.string(), ''),
  length: v.optional(v.number(), 0),
})
export type Script = v.InferOutput<typeof Script>

const Source = v.object({ scriptSource: v.string() })

/** The scripts of a run, as the browser names them. */
export interface Scripts {
  /** Takes `Debugger.scriptParsed`. */
  parsed(params: Record<string, unknown>): void
  of(scriptId: string): Script | undefined
  /** Where the texts of all of them have handlers of an event. */
  writtenHandlers(name: BackgroundFetchEventName): Promise<readonly ScriptPosition[]>
}

/** Remembers the scripts that a worker has loaded. */
export function createScripts(send: Send): Scripts {
  const all = new Map<string, Script>()
  const read = async ({ scriptId }: Script, name: BackgroundFetchEventName) => {
    try {
      const { scriptSource } = await askBrowser(send, Source, 'Debugger.getScriptSource', { scriptId })
      return await timeSliced(writtenHandlers(scriptSource, scriptId, name))
    } catch {
      return []
    }
  }
  return {
    parsed(params) {
      const parsed = v.safeParse(Script, params)
      if (parsed.success && all.size < MAX_SCRIPTS) all.set(parsed.output.scriptId, parsed.output)
    },
    of: (scriptId) => all.get(scriptId),
    async writtenHandlers(name) {
      const found: ScriptPosition[] = []
      // What has no address was evaluated, also by this extension.
      for (const script of all.values())
        if (script.url !== '' && script.length <= MAX_SCRIPT) found.push(...(await read(script, name)))
      return found
    },
  }
}
