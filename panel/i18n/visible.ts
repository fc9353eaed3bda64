/** Most texts: letters, digits and marks of ASCII, lines and tabs. */
const PLAIN = /^[\t\n\x20-\x7e]*$/

/**
 * What is not seen, or turns the order of what stands around it: control and format characters (of bidirectional
 * text too), what a font need not draw, separators of lines and paragraphs, halves of surrogate pairs. Before it, what
 * joins an emoji or chooses how it looks: that is seen.
 */
const HIDDEN =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?)\u200d(?=\p{Extended_Pictographic})|((?![\t\n])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])/gu

const escaped = (hidden: string): string =>
  Array.from(
    { length: hidden.length },
    (_, i) => `\\u${hidden.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('')

/**
 * Text of a page as it is shown and copied: nothing in it hides. What can't be seen is written as in JavaScript and
 * JSON, `\u202e`; text that was made visible before stays as it is. New lines and tabs stay.
 */
export const visible = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text.replace(HIDDEN, (all: string, hidden: string | undefined) =>
        hidden === undefined ? all : escaped(hidden),
      )

/** Letters that are written from right to left. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Whether some letters of a text are written from right to left. */
export const hasFromRight = (text: string): boolean => FROM_RIGHT.test(text)

/** A part of a text, and whether its letters are written from right to left. */
export interface Run {
  readonly text: string
  readonly fromRight: boolean
}

/** A text in runs of one direction: in a sentence each of them has to be isolated from the others. */
export function runsOf(text: string): Run[] {
  if (!hasFromRight(text)) return [{ text, fromRight: false }]
  const runs: { text: string; fromRight: boolean }[] = []
  let gap = ''
  for (const part of text.split(/(\s+)/)) {
    if (part === '') continue
    if (/^\s/.test(part)) {
      gap = part
      continue
    }
    const fromRight = FROM_RIGHT.test(part)
    const last = runs.at(-1)
    if (last?.fromRight === fromRight) last.text += gap + part
    else if (fromRight && last) {
      last.text += gap
      runs.push({ text: part, fromRight })
    } else runs.push({ text: gap + part, fromRight })
    gap = ''
  }
  const last = runs.at(-1)
  if (gap && last?.fromRight) runs.push({ text: gap, fromRight: false })
  else if (gap && last) last.text += gap
  return runs
}
