import { t } from '../../i18n/i18n'
import { announce } from '../../state/announce'
import { copyText } from '../../state/clipboard'
import type { MenuEntry } from './entries'

const text = {
  copied: t('copied'),
  failed: t('data_not_copied'),
}

/** Copies a text, and says whether it is copied. */
export async function copyAnd(content: string): Promise<boolean> {
  const copied = await copyText(content)
  announce(copied ? text.copied : text.failed)
  return copied
}

/** A line of a menu that copies a text, which is made when it is chosen. */
export const copyEntry = (label: string, content: () => string | Promise<string>): MenuEntry => ({
  kind: 'action',
  label,
  run: async () => void (await copyAnd(await content())),
})
