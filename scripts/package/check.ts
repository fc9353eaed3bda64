import { NOTICES_FILE, problemsOfNotices } from '../build/notices'

/** Parts of a manifest that would put code or files of the extension into pages that nobody inspects. */
const UNWANTED = ['content_scripts', 'web_accessible_resources', 'externally_connectable', 'update_url']

interface Manifest {
  readonly version?: string
  readonly default_locale?: string
  readonly content_security_policy?: Readonly<Record<string, string>>
}

/** What is remote in a policy's list of script sources: anything but a quoted keyword. */
function remoteScripts(policy: string): string[] {
  return policy
    .split(';')
    .map((directive) => directive.trim().split(/\s+/))
    .filter(([name]) => name?.startsWith('script-src') || name === 'default-src' || name === 'worker-src')
    .flatMap(([, ...sources]) => sources.filter((source) => !source.startsWith("'")))
}

/** What the check has to know of package.json. */
export interface Package {
  readonly version: string
  /** Names of the packages that the extension is made with. */
  readonly dependencies: readonly string[]
}

/** What is wrong with these files of an extension, in words; empty when nothing is. */
export function problemsOf(
  files: ReadonlyMap<string, Uint8Array>,
  { version, dependencies }: Package,
): string[] {
  const text = (name: string) => new TextDecoder().decode(files.get(name))
  if (!files.has('manifest.json')) return ['There is no manifest.json: build first.']
  const manifest = JSON.parse(text('manifest.json')) as Manifest
  const problems = UNWANTED.filter((key) => key in manifest).map((key) => `The manifest has ${key}.`)
  if (manifest.version !== version) {
    problems.push(`The manifest has version ${manifest.version}, package.json has ${version}.`)
  }
  if (!files.has(`_locales/${manifest.default_locale}/messages.json`)) {
    problems.push('The messages of the default language are missing.')
  }
  const policies = Object.values(manifest.content_security_policy ?? {})
  if (!policies.some((policy) => policy.includes('script-src'))) problems.push('No policy names script-src.')
  for (const source of policies.flatMap(remoteScripts)) problems.push(`Scripts may come from ${source}.`)
  if (files.has(NOTICES_FILE)) problems.push(...problemsOfNotices(text(NOTICES_FILE), dependencies))
  else problems.push(`${NOTICES_FILE} is missing.`)
  for (const name of files.keys()) {
    if (name.endsWith('.map')) problems.push(`${name} is a source map.`)
    const script = /\.(js|css|html)$/.test(name) ? text(name) : ''
    // As a comment of its own; the panel itself looks for such comments.
    if (/^\s*\/[/*][#@] ?sourceMappingURL=\S+/m.test(script)) problems.push(`${name} names a source map.`)
    if (/<script[^>]+src=["']?(https?:)?\/\//i.test(script)) problems.push(`${name} loads a remote script.`)
  }
  return problems
}
