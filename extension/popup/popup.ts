// The page behind the toolbar icon, while the tab is not recorded: how to open the tab in DevTools.
import { browser } from '../../wire/browser'

const { i18n, runtime } = browser

/** An element with texts, or elements, in it. */
function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  made.append(...content)
  return made
}

/** A message whose `$1` is an element. */
function around(message: string, inside: Node): (Node | string)[] {
  const [before = '', after = ''] = message.split('$1')
  return [before, inside, after]
}

/** The shortcuts that open DevTools on this system. */
async function shortcuts(): Promise<string[]> {
  const { os } = await runtime.getPlatformInfo()
  if (os === 'mac') return ['⌥⌘I']
  return os === 'cros' ? ['Ctrl+Shift+I'] : ['F12', 'Ctrl+Shift+I']
}

const title = i18n.getMessage('name')
document.title = title
document.documentElement.lang = i18n.getMessage('language')

const icon = element('img')
icon.src = '/icons/48.png'
icon.alt = ''
const keys = (await shortcuts()).flatMap((key, at) => [
  ...(at > 0 ? [` ${i18n.getMessage('popup_or')} `] : [' ']),
  element('kbd', key),
])
const main = element(
  'main',
  element('header', icon, element('h1', title)),
  element('p', i18n.getMessage('popup_about')),
  element('h2', i18n.getMessage('popup_steps')),
  element(
    'ol',
    element('li', i18n.getMessage('popup_open'), ...keys),
    element(
      'li',
      ...around(i18n.getMessage('popup_choose', '$1'), element('b', i18n.getMessage('tab_title'))),
    ),
  ),
  element('p', i18n.getMessage('popup_record', i18n.getMessage('toolbar_keep_recording'))),
)
document.body.append(main)
