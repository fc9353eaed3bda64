import { oneLine } from '../format'

/** What a site that shows Markdown makes a link, a picture or a call to a person of: no backslash prevents it. */
const LIVE = /@\w|#\d|:\/\/|\bwww\.|:[a-z_+-]\w*:/i

/** One line of text in which nothing hides. */
const line = (text: string): string => oneLine(text, Number.POSITIVE_INFINITY).trim()

/** More backticks than stand anywhere in a text, and at least so many. */
function fenceFor(text: string, least: number): string {
  let longest = least - 1
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return '`'.repeat(longest + 1)
}

/** Text as code: Markdown reads nothing into it, whatever stands in it. */
export function code(text: string): string {
  const shown = line(text)
  if (shown === '') return ''
  const fence = fenceFor(shown, 1)
  const gap = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${gap}${shown}${gap}${fence}`
}

/** Text within a line, as it is: what Markdown or HTML would read into it is escaped, or stands as code. */
export const plain = (text: string): string =>
  line(text)
    .split(' ')
    .map((word) => (LIVE.test(word) ? code(word) : word.replace(/[\\`*_[\]<>|~&$]/g, '\\$&')))
    .join(' ')

/** A bar parts cells also in code; one that is escaped already stays so. */
const cell = (text: string) =>
  text.replace(/(\\*)\|/g, (bar, before: string) => (before.length % 2 === 1 ? bar : `${before}\\|`))

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Lines as a block of code. */
export function block(lines: readonly string[]): string {
  const shown = lines.map(line).join('\n')
  const fence = fenceFor(shown, 3)
  return `${fence}text\n${shown}\n${fence}`
}
