import type { FrameSeen, PageBody, Permission } from '../../../protocol/page-events'
import { MAX_TEXT } from '../../../protocol/page-events'
import { now } from '../../../wire/clock'
import type { Platform } from '../platform'
import { cut } from '../snapshot'

/** How long an answer about the permission is good for, in milliseconds: a page is looked at several times a second. */
const PERMISSION_GOOD = 1000

export interface FrameReport {
  /** Something was reported of the frame. */
  readonly described: boolean
  /** Reports what the frame is, if that is not what was reported last. */
  describe(scopes: readonly string[], error: string): Promise<void>
  /** Reports whether the page is online, if that is not what was reported last. */
  describeConnectivity(): void
  /** What was reported of the connection does not count any more: it is online unless that is reported again. */
  connectivityUnknown(): void
  stop(): void
}

/** Reports what a frame is, which permission it has, and whether it is online. */
export function createFrameReport(platform: Platform, emit: (body: PageBody) => void): FrameReport {
  let reported = ''
  let online = true
  let stopped = false
  let permission: Permission = 'unknown'
  let askedAt = Number.NEGATIVE_INFINITY

  const askPermission = async () => {
    if (!platform.secure || !platform.supported || now() - askedAt < PERMISSION_GOOD) return
    askedAt = now()
    permission = await platform.permission()
  }

  return {
    get described() {
      return reported !== ''
    },
    async describe(scopes, error) {
      await askPermission()
      const body: FrameSeen = {
        type: 'frame',
        url: cut(platform.url, MAX_TEXT),
        top: platform.top,
        secure: platform.secure,
        supported: platform.supported,
        permission,
        scopes: scopes.map((scope) => cut(scope, MAX_TEXT)),
        error,
      }
      const text = JSON.stringify(body)
      if (text === reported || stopped) return
      reported = text
      emit(body)
    },
    describeConnectivity() {
      if (platform.online === online || stopped) return
      online = platform.online
      emit({ type: 'connectivity', online })
    },
    connectivityUnknown() {
      online = true
    },
    stop() {
      stopped = true
    },
  }
}
