import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as v from 'valibot'
import type { BundledPackage } from './notices.ts'

const PackageJson = v.object({
  name: v.string(),
  version: v.string(),
  license: v.optional(v.union([v.string(), v.object({ type: v.string() })]), ''),
  repository: v.fallback(v.optional(v.union([v.string(), v.object({ url: v.string() })])), undefined),
})

const LICENSE_FILE = /^(?:un)?(?:licen[cs]e|copying)/i
const NOTICE_FILE = /^notice/i
const CODE_FILE = /\.(?:[cm]?[jt]sx?|json|map)$/i
const IN_PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/
/** A bundler's own module, such as `\0rolldown/runtime.js`, has the name of its package in front. */
const OF_BUNDLER = /^\0((?:@[^/]+\/)?[^/]+)\//

/**
 * Folder of the npm package that a module of the bundle belongs to, `undefined` for the project's own.
 * Throws where that is unknown.
 *
 * @param id as in Rolldown's module graph
 */
export function packageFolder(id: string): string | undefined {
  const [, folder] = IN_PACKAGE.exec(id.replace(/^\0/, '')) ?? []
  if (folder) return folder
  if (!id.startsWith('\0') || id.startsWith('\0virtual:')) return undefined
  const [, name = ''] = OF_BUNDLER.exec(id) ?? []
  // The bundler is a dependency of Vite, wherever npm has put it.
  const require = createRequire(createRequire(import.meta.url).resolve('vite/package.json'))
  const found = (require.resolve.paths(name) ?? [])
    .map((folder) => join(folder, name))
    .find((folder) => name && existsSync(join(folder, 'package.json')))
  if (!found) throw new Error(`It is not known which package ${JSON.stringify(id)} belongs to.`)
  return found
}

/** Address of a repository for a browser, from the forms that package.json knows. */
function webAddress(repository: string): string {
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(repository)
  if (short) return `https://github.com/${short[1]}`
  return repository
    .replace(/^git\+/, '')
    .replace(/^(?:ssh:\/\/)?git@([^/:]+)[/:]/, 'https://$1/')
    .replace(/^git:/, 'https:')
    .replace(/\.git$/, '')
}

/** Reads what the notices say of the package in a folder. */
export function readPackage(folder: string): BundledPackage {
  const { name, version, license, repository } = v.parse(
    PackageJson,
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  )
  const url = typeof repository === 'object' ? repository.url : repository
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !CODE_FILE.test(entry.name))
    .map((entry) => entry.name)
  const texts = (pattern: RegExp) =>
    names
      .filter((name) => pattern.test(name))
      .sort()
      .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
      .filter(Boolean)
  const licenses = texts(LICENSE_FILE)
  return {
    name,
    version,
    license: typeof license === 'object' ? license.type : license,
    source: url ? webAddress(url) : `https://www.npmjs.com/package/${name}/v/${version}`,
    // A notice alone grants nothing.
    text: licenses.length > 0 ? [...licenses, ...texts(NOTICE_FILE)].join('\n\n') : '',
  }
}
