import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as v from 'valibot'
import type { Plugin } from 'vite'
import { NOTICES_FILE, writeNotices } from './notices.ts'
import { packageFolder, readPackage } from './packages.ts'

const BundledModules = v.object({ bundledModules: v.array(v.string()) })

/** `meta` of a module whose code is the result of another build: the ids of the modules in it. */
export type BundledModules = v.InferOutput<typeof BundledModules>

const modulesInside = (meta: unknown) => (v.is(BundledModules, meta) ? meta.bundledModules : [])

/**
 * Writes the licences of all bundled packages into one file of the output folder, after all environments were
 * built. Vite's own `build.license` writes a file for each environment, without what nested builds have bundled
 * and without the address of the source code, which the Mozilla Public License asks for.
 */
export function thirdPartyNotices(): Plugin {
  const folders = new Set<string>()
  return {
    name: 'third-party-notices',
    apply: 'build',
    sharedDuringBuild: true,
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue
        for (const id of file.moduleIds) {
          for (const one of [id, ...modulesInside(this.getModuleInfo(id)?.meta)]) {
            const folder = packageFolder(one)
            if (folder) folders.add(folder)
          }
        }
      }
    },
    buildApp: {
      order: 'post',
      async handler({ config }) {
        const text = writeNotices([...folders].map(readPackage))
        await writeFile(resolve(config.root, config.build.outDir, NOTICES_FILE), text)
      },
    },
  }
}
