import type { Frame, Page } from 'puppeteer-core'

/** What the clipboard has now, with its lines, as it is pasted into a field of the panel. */
export async function clipboardText(devtools: Page, panel: Frame): Promise<string> {
  await panel.evaluate(() => {
    const field = document.createElement('textarea')
    field.id = 'pasted'
    document.body.append(field)
    field.focus()
  })
  await devtools.keyboard.press('v', { commands: ['Paste'] })
  return panel.$eval('#pasted', (field) => {
    field.remove()
    return (field as HTMLTextAreaElement).value.replace(/v$/, '')
  })
}
