/** A start may take this long before what was allowed for it is taken back, in milliseconds. */
const LONGEST = 10_000

/** The browser's settings for “Automatic downloads”, where the extension may change them. */
const settings = (): typeof chrome.contentSettings.automaticDownloads | undefined =>
  'contentSettings' in chrome ? chrome.contentSettings.automaticDownloads : undefined

/** Takes back whatever the extension allowed: also what one allowed that was stopped half-way. */
export async function restoreDownloadSetting(): Promise<void> {
  // It has rules of its own, and all of them are for a start.
  await Promise.allSettled([
    settings()?.clear({ scope: 'regular' }),
    settings()?.clear({ scope: 'incognito_session_only' }),
  ])
}

/** The rules of all sites are taken back together: so there is one at a time. */
let turn: Promise<unknown> = Promise.resolve()

/**
 * Lets a site start downloads without a click while `work` runs, and no longer. Without the permission for it, `work`
 * runs all the same.
 *
 * @param origin of the site
 * @param incognito the tab is one
 */
export function withDownloadsAllowed<T>(
  origin: string,
  incognito: boolean,
  work: () => Promise<T>,
): Promise<T> {
  const begun = turn.then(async () => {
    const setting = settings()
    if (!setting || !/^https?:/.test(origin)) return { working: work() }
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      const primaryPattern = `${origin}/*`
      const scope = incognito ? 'incognito_session_only' : 'regular'
      // Where the browser refuses that, it says so to the start.
      await setting.set({ primaryPattern, setting: 'allow', scope }).catch(() => {})
      const working = work()
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LONGEST)
      })
      await Promise.race([working.catch(() => {}), late])
      return { working }
    } finally {
      clearTimeout(timer)
      await restoreDownloadSetting()
    }
  })
  turn = begun.catch(() => {})
  return begun.then(({ working }) => working)
}
