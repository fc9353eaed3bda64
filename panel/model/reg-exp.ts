/** A text as a part of a regular expression that stands for itself, with and without the flags `u` and `v`. */
export const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
