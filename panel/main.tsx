import { render } from 'preact'
import { followScripts } from './state/log/original-places'
import { answerSearch } from './state/log/search'
import { noticeOutcomes } from './state/notices'
import { watchRequestPermission } from './state/request-permission'
import { watchTab } from './state/session/session'
import { followTheme } from './state/theme'
import { App } from './views/app'
import { keepEscape } from './views/escape'
import { showPageText } from './views/page-text'
import './views/theme.css'
import { language } from './i18n/i18n'

document.documentElement.lang = language
showPageText()
keepEscape()
followTheme()
watchTab(chrome.devtools.inspectedWindow.tabId)
answerSearch()
followScripts()
noticeOutcomes()
watchRequestPermission()
const root = document.getElementById('app')
if (root) render(<App />, root)
