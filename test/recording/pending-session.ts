/** A file of a session that was over right after Abort was pressed. */
export function pending() {
  const at = Date.UTC(2026, 0, 1)
  const handle = 'bridge:1'
  const attributes = {
    uploadTotal: 0,
    uploaded: 0,
    downloadTotal: 1000,
    downloaded: 10,
    result: '',
    failureReason: '',
    recordsAvailable: true,
  }
  const scope = 'https://pod.example/'
  const worker = { worker: 'w', url: `${scope}sw.js`, scope, state: 'activated', how: 'running' }
  const said = { worker: 'w', event: null, level: 'log', text: 'said' }
  const bodies = [
    { type: 'navigated', url: scope, reload: false },
    { type: 'tracer', state: 'on', reason: '', detail: '' },
    { type: 'worker-seen', ...worker },
    { type: 'fetch-seen', handle, scope, id: 'pending', attributes, already: false },
    { type: 'console', ...said, location: { url: `${scope}sw.js`, line: 3, column: 1 } },
    { type: 'abort-requested', handle, command: 'c' },
  ]
  const about = { producer: 'p', source: 'page', document: 'd', storageKey: 'https://pod.example' }
  return {
    format: 'background-fetch-devtools-session',
    version: 1,
    extension: '0.1.0',
    browser: [],
    exportedAt: new Date(at).toISOString(),
    title: 'pod.example',
    redacted: { queries: false, hosts: false },
    events: bodies.map((body, i) => ({ ...about, seq: i + 1, at: at + i, body })),
  }
}
