import { build, type Plugin } from 'vite'
import type { BundledModules } from './notices-plugin.ts'

const ID = 'virtual:probe'

/**
 * Gives the probe as the text of one self-contained expression: a function of what it may trust (`natives.ts`), which
 * gives the function `probe`. The tracer evaluates it where nothing can be imported. It is strict: what is called from strict code finds neither its
 * function nor its arguments, by `caller` or by a call site.
 */
export function probeText(): Plugin {
  return {
    name: 'probe-text',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    async load(id) {
      if (id !== `\0${ID}`) return
      const result = await build({
        configFile: false,
        logLevel: 'warn',
        build: {
          write: false,
          target: 'chrome125',
          lib: { entry: 'extension/probe/index.ts', formats: ['iife'], name: 'exported' },
          // Nothing is called when it is evaluated: the script may have put something else in its place.
          rolldownOptions: { output: { generatedCode: { symbols: false } } },
        },
      })
      const [output] = Array.isArray(result) ? result : [result]
      if (!output || !('output' in output)) throw new Error('The probe was not built.')
      for (const file of output.output) {
        if (file.type !== 'chunk') continue
        for (const name of file.moduleIds) this.addWatchFile(name)
        const meta: BundledModules = { bundledModules: file.moduleIds }
        const code = `export default ${JSON.stringify(`((trusted) => {'use strict';${file.code};return exported.probe})`)}`
        return { code, meta }
      }
    },
  }
}
