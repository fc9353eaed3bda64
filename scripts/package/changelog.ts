/**
 * What a changelog says of one version, without its heading; '' where it says nothing. The form is that of
 * https://keepachangelog.com: a second-level heading for each version, with the date behind it.
 */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.replaceAll('\r\n', '\n').split(/^## /m)
  const section = sections.find((text) => /^\[?([^\]\s]+)/.exec(text)?.[1] === version)
  return section?.replace(/^.*/, '').trim() ?? ''
}
