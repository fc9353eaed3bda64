/** The name of the DevTools tab. */
const TITLE = chrome.i18n.getMessage('tab_title')

chrome.devtools.panels.create(TITLE, '', 'panel/index.html', (panel) => {
  // An extension's panel that is not in front keeps visibilityState 'visible': only this API knows.
  let shown: Window | undefined
  panel.onShown.addListener((window) => {
    shown = window
    shown.dispatchEvent(new Event('panelshown'))
  })
  panel.onHidden.addListener(() => shown?.dispatchEvent(new Event('panelhidden')))
  // DevTools' own search, Ctrl+F, is reported here only.
  panel.onSearch.addListener((action, query) => {
    shown?.dispatchEvent(new CustomEvent('panelsearch', { detail: { action, query } }))
  })
})
