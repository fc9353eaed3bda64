import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scene } from './scene'
import { chooseIn, cleanUp, exportSession, home, importFile, openMenu, said } from './steps'

/** Sessions as files and as recordings. */
export const sessions: readonly Scene[] = [
  {
    name: 'export',
    url: home,
    async play(page, panel) {
      await cleanUp('', 'keep').play(page, panel)
      await chooseIn(panel, 'More options', 'Export session…')
    },
  },
  {
    name: 'recordings',
    url: home,
    async play(_, panel) {
      const keep = async () => {
        await openMenu(panel, 'Record')
        await panel.locator('label::-p-text(Keep recording this tab)').click()
        await openMenu(panel, 'Record')
      }
      await keep()
      await said(panel, /keep recording/)
      await keep()
      await said(panel, /keep recording ended/)
      await chooseIn(panel, 'More options', 'Saved recordings')
      await panel.locator('dialog[open] li').wait()
    },
  },
  {
    name: 'imported',
    url: home,
    async play(page, panel) {
      const clean = cleanUp('clean', 'keep')
      await clean.play(page, panel)
      const file = await exportSession(page, panel)
      await importFile(panel, file)
      await panel.locator('::-p-text(Back to the tab)').wait()
    },
  },
  {
    name: 'error',
    url: home,
    async play(_, panel) {
      const file = join(await mkdtemp(join(tmpdir(), 'screenshots-')), 'notes.json')
      await writeFile(file, '{"half": ')
      await importFile(panel, file)
      await panel.locator('[role="alert"]').wait()
    },
  },
]
