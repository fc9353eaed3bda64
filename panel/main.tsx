import { render } from 'preact'
import { watchTab } from './state/session'
import { followTheme } from './state/theme'
import { App } from './views/app'
import './views/theme.css'
import { language } from './words/words'

document.documentElement.lang = language
followTheme()
watchTab(chrome.devtools.inspectedWindow.tabId)
const root = document.getElementById('app')
if (root) render(<App />, root)
