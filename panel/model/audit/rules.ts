/** What a rule looks at decides how its verdict is called. */
export type Severity = 'leftover' | 'suspicious'

/** A rule of the audit: what is wrong, and how to mend it. */
export interface Rule {
  readonly id: string
  readonly severity: Severity
  /** One sentence: what is wrong. */
  readonly wrong: string
  /** One sentence: how to fix it. */
  readonly fix: string
  readonly link: string
}

const mdn = (path: string) => `https://developer.mozilla.org/en-US/docs/Web/API/${path}`
const EVENT = mdn('ServiceWorkerGlobalScope/backgroundfetchabort_event')
const WAIT_UNTIL = mdn('ExtendableEvent/waitUntil')

const define = <T extends Record<string, Omit<Rule, 'id'>>>(rules: T) =>
  Object.fromEntries(Object.entries(rules).map(([id, rule]) => [id, { id, ...rule }])) as {
    [Id in keyof T]: Rule
  }

/** All rules, by id. */
export const rules = define({
  'row-left': {
    severity: 'leftover',
    wrong: 'A row that was written for this fetch is still in IndexedDB.',
    fix: 'Delete the row, or update its state, in the handler, inside waitUntil().',
    link: mdn('IDBObjectStore/delete'),
  },
  'file-left': {
    severity: 'leftover',
    wrong: 'A file that was written for this fetch is still in the origin private file system.',
    fix: 'Remove the file in the handler with removeEntry(), inside waitUntil().',
    link: mdn('FileSystemDirectoryHandle/removeEntry'),
  },
  'notification-left': {
    severity: 'leftover',
    wrong: 'A notification about this fetch is still shown.',
    fix: 'Close it in the handler.',
    link: mdn('ServiceWorkerRegistration/getNotifications'),
  },
  'error-stored': {
    severity: 'suspicious',
    wrong: 'A response that is not ok was stored in Cache Storage: the site will serve an error as content.',
    fix: 'Look at response.ok before cache.put().',
    link: mdn('Response/ok'),
  },
  'handler-rejected': {
    severity: 'suspicious',
    wrong: 'A promise that the event waited for was rejected: the clean-up stopped in the middle.',
    fix: 'Catch what can fail in the handler, step by step, so that one failure does not keep the rest undone.',
    link: WAIT_UNTIL,
  },
  'handler-threw': {
    severity: 'suspicious',
    wrong: 'The handler threw before it came to its end.',
    fix: 'Mend the exception; what stands after it was never run.',
    link: EVENT,
  },
  'not-a-promise': {
    severity: 'suspicious',
    wrong:
      'waitUntil() got something that is not a promise: the event did not wait, and a function is never called.',
    fix: 'Call the function: waitUntil((async () => { … })()).',
    link: WAIT_UNTIL,
  },
  'wait-until-late': {
    severity: 'suspicious',
    wrong: 'waitUntil() was called when the event was over, and threw.',
    fix: 'Call waitUntil() in the handler at once, before the first await.',
    link: WAIT_UNTIL,
  },
  'wait-until-missing': {
    severity: 'suspicious',
    wrong:
      'The handler is asynchronous and never called waitUntil(): the browser may stop the worker in the middle of its work.',
    fix: 'Hand the work to event.waitUntil().',
    link: WAIT_UNTIL,
  },
  'no-handler': {
    severity: 'suspicious',
    wrong: 'Nothing listened to the event, although something was written for this fetch.',
    fix: 'Add a listener for the event at the top level of the worker’s script.',
    link: EVENT,
  },
  'changed-after': {
    severity: 'suspicious',
    wrong:
      'The storage of this fetch changed after the event was over: the worker may be stopped before such work is done.',
    fix: 'Let waitUntil() wait for everything that the handler does.',
    link: WAIT_UNTIL,
  },
  'bytes-grew': {
    severity: 'suspicious',
    wrong: 'The origin uses more bytes than before the fetch, although nothing new is visible.',
    fix: 'Look for what is kept inside a row or file that existed before, and take it out in the handler.',
    link: mdn('StorageManager/estimate'),
  },
  'never-over': {
    severity: 'suspicious',
    wrong:
      'The event is not over: something that waitUntil() waits for takes longer than half a minute, or never ends.',
    fix: 'Let every promise settle; the browser stops a worker that takes minutes, whatever it is doing.',
    link: WAIT_UNTIL,
  },
  'nothing-stored': {
    severity: 'suspicious',
    wrong: 'The fetch succeeded, and none of its responses was stored anywhere that can be seen.',
    fix: 'Store what matchAll() gives in the backgroundfetchsuccess handler: the browser drops it afterwards.',
    link: mdn('ServiceWorkerGlobalScope/backgroundfetchsuccess_event'),
  },
})

export type RuleId = keyof typeof rules
