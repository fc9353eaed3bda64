/**
 * Makes downloads begin at once. Chromium's download service waits 2 s after its start, lets running downloads rest for
 * 30 s after every navigation and retries a failed one after 20 s: all politeness that nobody here need wait for.
 */
export const QUICK_DOWNLOADS = `--enable-features=DownloadService:${[
  'start_up_delay_ms/0',
  'network_change_delay_ms/0',
  'navigation_completion_delay_seconds/0',
  'retry_delay_ms/50',
].join('/')}`
