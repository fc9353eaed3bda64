/** Follows DevTools' own theme, which need not be the system's, at once when it changes. */
export function followTheme(): void {
  const apply = (name: string) => {
    document.documentElement.dataset.theme = name === 'dark' ? 'dark' : 'light'
  }
  apply(chrome.devtools.panels.themeName)
  // Chrome 99 and newer; the types do not know it.
  const panels: { setThemeChangeHandler?: (handler: (name: string) => void) => void } = chrome.devtools.panels
  panels.setThemeChangeHandler?.(apply)
}
