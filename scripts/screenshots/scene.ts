import type { Frame, Page } from 'puppeteer-core'
import type { Demo } from '../../demo/server/index'

/** A host that is mapped to this machine, so that it is no secure context as localhost would be. */
export const INSECURE_HOST = 'insecure.test'

export interface Scene {
  readonly name: string
  url(demo: Demo): string
  /** Switches of a browser of its own. */
  readonly args?: readonly string[]
  /** With all optional permissions given. */
  readonly permitted?: boolean
  /** What has to be so before DevTools is opened. */
  prepare?(page: Page): Promise<unknown>
  /** Brings page and panel into the state that is to be seen. */
  play(page: Page, panel: Frame): Promise<unknown>
  /** Takes back what the panel would remember. */
  leave?(panel: Frame): Promise<unknown>
}
