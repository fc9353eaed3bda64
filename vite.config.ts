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

/** What runs in the extension's own pages and its service worker: what several of them import is built once. */
const own: EnvironmentOptions = {
  build: {
    rolldownOptions: {
      input: {
        background: 'background/index.ts',
        devtools: 'extension/devtools.html',
        panel: 'panel/index.html',
        popup: 'extension/popup/index.html',
      },
      optimization,
      output: {
        entryFileNames: ({ name }) => (name === 'background' ? '[name].js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/shared-[hash].js',
      },
    },
  },
}

/** One script without imports: it runs in pages, where there is no file of the extension. */
const bridge: EnvironmentOptions = {
  consumer: 'client',
  build: {
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: 'extension/bridge/index.ts',
      optimization,
      output: { format: 'iife', entryFileNames: 'bridge.js', codeSplitting: false },
    },
  },
}

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
  build: { outDir: 'dist', target: 'chrome125', modulePreload: { polyfill: false }, sourcemap: false },
  environments: { client: own, bridge },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'bridge']) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
    },
  },
})
