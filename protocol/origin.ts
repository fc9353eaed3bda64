/** The origin of a URL; '' where it is none. */
export const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '')
