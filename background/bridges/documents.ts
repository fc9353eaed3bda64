import { browser } from '../../wire/browser'

/** Where a document is: one that is kept aside for Back, or is going, is not shown. */
const isShown = (frame: object): boolean =>
  !('documentLifecycle' in frame) || frame.documentLifecycle === 'active'

/**
 * Whether a frame of the tab shows this document; false where the browser does not say so.
 *
 * @param document a `documentId` of chrome.webNavigation
 */
export async function showsDocument(tabId: number, document: string): Promise<boolean> {
  const frames = await browser.webNavigation.getAllFrames({ tabId }).catch(() => [])
  return (frames ?? []).some(
    (frame) => 'documentId' in frame && frame.documentId === document && isShown(frame),
  )
}
