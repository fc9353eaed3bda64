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

/** What speaks against giving these files away, in words; empty when nothing does. */
export function problemsOf(files: ReadonlyMap<string, Uint8Array>, version: string): string[] {
  const text = (name: string) => new TextDecoder().decode(files.get(name))
  if (!files.has('manifest.json')) return ['There is no manifest.json: build first.']
  const manifest = JSON.parse(text('manifest.json')) as Manifest
  const problems = UNWANTED.filter((key) => key in manifest).map((key) => `The manifest has ${key}.`)
  if (manifest.version !== version) {
    problems.push(`The manifest has version ${manifest.version}, package.json has ${version}.`)
  }
  if (!files.has(`_locales/${manifest.default_locale}/messages.json`)) {
    problems.push('The words of the default language are missing.')
  }
  const policies = Object.values(manifest.content_security_policy ?? {})
  if (!policies.some((policy) => policy.includes('script-src'))) problems.push('No policy names script-src.')
  for (const source of policies.flatMap(remoteScripts)) problems.push(`Scripts may come from ${source}.`)
  for (const name of files.keys()) {
    if (name.endsWith('.map')) problems.push(`${name} is a source map.`)
    const script = /\.(js|css|html)$/.test(name) ? text(name) : ''
    if (script.includes('sourceMappingURL=')) problems.push(`${name} names a source map.`)
    if (/<script[^>]+src=["']?(https?:)?\/\//i.test(script)) problems.push(`${name} loads a remote script.`)
  }
  return problems
}
