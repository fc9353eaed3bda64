/** Code in its parts, those that are not empty. */
export const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n')

/** Code one level deeper. */
export const indented = (code: string): string => code.replace(/^(?=.)/gm, '  ')
