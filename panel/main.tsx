import { render } from 'preact'
import { noticeOutcomes } from './state/notices'
import { answerSearch } from './state/search'
import { watchTab } from './state/session'
import { followTheme } from './state/theme'
import { App } from './views/app'
import { showPageText } from './views/page-text'
import './views/theme.css'
import { language } from './words/words'

document.documentElement.lang = language
showPageText()
followTheme()
watchTab(chrome.devtools.inspectedWindow.tabId)
answerSearch()
noticeOutcomes()
const root = document.getElementById('app')
if (root) render(<App />, root)
