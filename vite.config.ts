import { readFileSync } from 'node:fs'
import preact from '@preact/preset-vite'
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite'
import { smallMessages } from './scripts/build/messages-plugin.ts'
import { thirdPartyNotices } from './scripts/build/notices-plugin.ts'
import { probeText } from './scripts/build/probe-plugin.ts'

/** The manifest names its sources' outputs, so it is copied as it stands, with the package's version. */
function manifest(): Plugin {
  return {
    name: 'manifest',
    applyToEnvironment: (environment) => environment.name === 'client',
    generateBundle() {
      const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
      const source = { ...JSON.parse(readFileSync('manifest.json', 'utf8')), version }
      this.emitFile({ type: 'asset', fileName: 'manifest.json', source: JSON.stringify(source, null, 2) })
    },
  }
}

/** Inlining copies a constant to each of its uses: of tldts' public suffixes, one string of 70 kB, to three. */
const optimization = { inlineConst: false }

/** One script without imports: what runs outside an extension page, or shares nothing with the panel. */
const single = (input: string, fileName: string, format: 'es' | 'iife'): EnvironmentOptions => ({
  consumer: 'client',
  build: {
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    rolldownOptions: {
      input,
      optimization,
      output: { format, entryFileNames: fileName, codeSplitting: false },
    },
  },
})

export default defineConfig({
  base: './',
  publicDir: 'extension/public',
  plugins: [
    preact({ devToolsEnabled: false }),
    manifest(),
    probeText(),
    smallMessages(),
    thirdPartyNotices(),
  ],
  build: { outDir: 'dist', target: 'chrome125', modulePreload: false, sourcemap: false },
  environments: {
    client: {
      build: {
        rolldownOptions: { input: ['extension/devtools.html', 'panel/index.html'], optimization },
      },
    },
    background: single('background/index.ts', 'background.js', 'es'),
    popup: single('extension/popup/index.html', 'popup.js', 'es'),
    bridge: single('extension/bridge/index.ts', 'bridge.js', 'iife'),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'background', 'popup', 'bridge']) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
    },
  },
})
