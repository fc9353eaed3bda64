import type { StorageChanged } from '../../../../protocol/storage-events'
import type { Gap } from '../../../../protocol/storage-gaps'

/** What ended before the storage of a fetch was compared: the page, the panel, or the recording; or no page listed it. */
export type AuditLost = 'page' | 'panel' | 'recording' | 'unlisted'

/** What the panel itself knows was not compared. */
type OwnGap =
  /** The page, DevTools or the recording was gone before its storage was read at all, or a second time (`final`). */
  | { readonly kind: 'ended-early'; readonly why: AuditLost; readonly final: boolean }
  /**
   * Its storage before the fetch is not known, or only as it was when the fetch ran already. `lost`: the page that had read it is gone.
   * `unlisted`: when the fetch began is not known.
   */
  | { readonly kind: 'no-baseline'; readonly why?: 'lost' }
  | { readonly kind: 'late-baseline'; readonly why?: 'lost' | 'unlisted' }
  /** The requests could not be read: their URLs are not known. */
  | { readonly kind: 'requests' }
  | { readonly kind: 'requests-limit'; readonly unread: number; readonly total: number }
  /** Several requests have one URL, and something is stored under it. */
  | { readonly kind: 'shared-url'; readonly url: string; readonly count: number }
  /** Another page read the storage the second time, which knew nothing of before. */
  | { readonly kind: 'second-look' }
  | { readonly kind: 'id-reused' }
  /** A fetch of another registration has the same ID: items that name both, and one that is gone while that one runs. */
  | { readonly kind: 'id-shared'; readonly scope: string; readonly items: number; readonly first: string }
  | { readonly kind: 'id-shared-gone'; readonly scope: string; readonly first: string }
  /** Entries under a URL of the fetch that another one has as well, and may have stored. */
  | {
      readonly kind: 'entry-shared'
      readonly id: string
      readonly items: number
      readonly first: string
      readonly urls: readonly string[]
    }
  /** Items of which it is not known whether they are new. */
  | { readonly kind: 'item-age'; readonly items: number }
  | { readonly kind: 'error-age'; readonly items: number }
  /** Stored under the URL of a request, and not known to be its complete response. */
  | { readonly kind: 'stored-size'; readonly items: number }
  | { readonly kind: 'record-unknown'; readonly items: number }
  /** It has the size of a response, and its bytes were not compared with it. */
  | { readonly kind: 'content-unknown'; readonly items: number }
  /** Fewer bytes came than Content-Length says, which may be that of an encoded body. */
  | { readonly kind: 'encoding-unknown'; readonly items: number }
  /** A success: it was in storage before, and may have been stored again. */
  | { readonly kind: 'stored-before'; readonly items: number }
  /** A success: what is new or changed may hold a response, and its size does not say. */
  | { readonly kind: 'may-hold'; readonly items: number; readonly first: string }
  /** Items that were there before are gone, and do not name the fetch: whether they were its own is not known. */
  | { readonly kind: 'removed-unmatched'; readonly items: number; readonly first: string }
  /** Items that were new when the event had ended were not there later: whether the handler removed them is not known. */
  | { readonly kind: 'removed-late'; readonly items: number; readonly first: string }
  /** The browser reported that it changed so many milliseconds after the end of the fetch, and what changed was not read. */
  | { readonly kind: 'changed-unread'; readonly change: StorageChanged; readonly after: number }
  | { readonly kind: 'usage-unknown' }
  /** The handler may have logged errors that are not known. */
  | { readonly kind: 'log-incomplete' }
  /**
   * Nobody caught what a worker threw meanwhile, and its handler may have thrown it: its event was not traced or, where `shared`,
   * another one was open as well.
   */
  | {
      readonly kind: 'may-have-thrown'
      readonly errors: number
      readonly first: string
      readonly shared?: true
    }
  /** The same of errors that were logged while another event was open. */
  | { readonly kind: 'may-have-logged'; readonly errors: number; readonly first: string }
  | { readonly kind: 'end-unknown' }
  /** Its worker was unregistered while the event went on, and the storage may have been read before its end. */
  | { readonly kind: 'read-early' }
  /** Its handler threw or was rejected while the quota was limited by this panel; `until`: null where that end is not known. */
  | { readonly kind: 'quota-limited'; readonly until: number | null }

/** Why the comparison is not complete. */
export type Reason = Gap | OwnGap
