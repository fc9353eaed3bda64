/** Name of the file in `dist/` that holds the licences of all bundled packages. */
export const NOTICES_FILE = 'THIRD-PARTY-NOTICES.txt'

/** A package whose code is in the extension. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression; '' when its package.json names none. */
  readonly license: string
  /** Where its source code is. */
  readonly source: string
  /** The full text of its licence files; '' when it comes without any. */
  readonly text: string
}

/** What else has to be said of a package, by its name. */
const REMARKS: Readonly<Record<string, string>> = {
  tldts:
    'Contains data of the Public Suffix List (https://publicsuffix.org/), which is available under the\n' +
    'Mozilla Public License 2.0 (https://mozilla.org/MPL/2.0/).',
}

const RULE = '='.repeat(80)
const HEADING = /^(\S+) (\S+) \(.*\)\n/
const NO_TEXT = 'This package has no licence text.'

const section = ({ name, version, license, source, text }: BundledPackage) =>
  [
    `${name} ${version} (${license || 'no licence named'})\nSource code: ${source}`,
    ...(REMARKS[name] ? [REMARKS[name]] : []),
    text || NO_TEXT,
  ].join('\n\n')

/** The notices as one text: the same for the same packages, in whatever order they were found. */
export function writeNotices(packages: Iterable<BundledPackage>): string {
  const sections = new Map([...packages].map((one) => [`${one.name} ${one.version}`, section(one)]))
  const sorted = [...sections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
  const intro = 'Background Fetch DevTools contains code of the following packages.'
  return `${[intro, ...sorted].join(`\n\n${RULE}\n\n`)}\n`
}

/** What is missing in a text of `writeNotices()`, in words, where each of `required` has to be in it by its name. */
export function problemsOfNotices(notices: string, required: readonly string[]): string[] {
  const [, ...sections] = notices.split(`${RULE}\n\n`)
  const named = new Set<string>()
  const problems: string[] = []
  for (const text of sections) {
    const [heading, name = '', version] = HEADING.exec(text) ?? []
    if (!heading) problems.push(`${NOTICES_FILE} has a section without a package.`)
    named.add(name)
    if (text.includes(NO_TEXT)) problems.push(`${name} ${version} is bundled without a licence text.`)
  }
  for (const name of required) {
    if (!named.has(name)) problems.push(`${NOTICES_FILE} does not have the dependency ${name}.`)
  }
  return problems
}
