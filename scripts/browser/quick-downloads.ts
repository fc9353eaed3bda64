/**
 * Makes downloads begin at once. Chromium's download service waits 2 s after its start, while any tab navigates and for 30 s
 * after that, and retries a failed download after 20 s. A navigation that never ends, as of a tab that is closed before the first byte
 * of its page, counts for five minutes.
 */
export const QUICK_DOWNLOADS = `--enable-features=DownloadService:${[
  'start_up_delay_ms/0',
  'network_change_delay_ms/0',
  'navigation_completion_delay_seconds/0',
  'navigation_timeout_delay_seconds/0',
  'retry_delay_ms/50',
].join('/')}`
