import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** A catalogue of messages without what only translators read: the text of a file of `_locales/`. */
export function withoutDescriptions(text: string): string {
  const messages: Record<string, { readonly message: string }> = JSON.parse(text)
  return JSON.stringify(
    Object.fromEntries(Object.entries(messages).map(([key, { message }]) => [key, { message }])),
  )
}

/** Takes the descriptions out of the built catalogues: more than half of their size, which the browser never reads. */
export function smallMessages(): Plugin {
  return {
    name: 'small-messages',
    apply: 'build',
    sharedDuringBuild: true,
    buildApp: {
      order: 'post',
      async handler({ config }) {
        const folder = resolve(config.root, config.build.outDir, '_locales')
        for (const language of await readdir(folder)) {
          const file = join(folder, language, 'messages.json')
          await writeFile(file, withoutDescriptions(await readFile(file, 'utf8')))
        }
      },
    },
  }
}
