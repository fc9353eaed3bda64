import { browser } from '../../../wire/browser'
import type { Brand } from '../../model/session-file/envelope'

/** What browsers based on Chromium tell of themselves; the types do not know it. */
interface WithBrands {
  readonly userAgentData?: { readonly brands: readonly Brand[] }
}

/** The browser's names, with its made-up ones, as it reports them. */
export const browserBrands = (): Brand[] =>
  ((navigator as WithBrands).userAgentData?.brands ?? []).map(({ brand, version }) => ({ brand, version }))

/** Version of this extension. */
export const extensionVersion = (): string => browser.runtime.getManifest().version
