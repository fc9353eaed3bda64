import { say } from '../../words/words'

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
    wrong: say('rule_row_left'),
    fix: say('rule_row_left_fix'),
    link: mdn('IDBObjectStore/delete'),
  },
  'file-left': {
    severity: 'leftover',
    wrong: say('rule_file_left'),
    fix: say('rule_file_left_fix'),
    link: mdn('FileSystemDirectoryHandle/removeEntry'),
  },
  'notification-left': {
    severity: 'leftover',
    wrong: say('rule_notification_left'),
    fix: say('rule_notification_left_fix'),
    link: mdn('ServiceWorkerRegistration/getNotifications'),
  },
  'error-stored': {
    severity: 'suspicious',
    wrong: say('rule_error_stored'),
    fix: say('rule_error_stored_fix'),
    link: mdn('Response/ok'),
  },
  'handler-rejected': {
    severity: 'suspicious',
    wrong: say('rule_handler_rejected'),
    fix: say('rule_handler_rejected_fix'),
    link: WAIT_UNTIL,
  },
  'handler-threw': {
    severity: 'suspicious',
    wrong: say('rule_handler_threw'),
    fix: say('rule_handler_threw_fix'),
    link: EVENT,
  },
  'not-a-promise': {
    severity: 'suspicious',
    wrong: say('rule_not_a_promise'),
    fix: say('rule_not_a_promise_fix'),
    link: WAIT_UNTIL,
  },
  'wait-until-late': {
    severity: 'suspicious',
    wrong: say('rule_wait_until_late'),
    fix: say('rule_wait_until_late_fix'),
    link: WAIT_UNTIL,
  },
  'wait-until-missing': {
    severity: 'suspicious',
    wrong: say('rule_wait_until_missing'),
    fix: say('rule_wait_until_missing_fix'),
    link: WAIT_UNTIL,
  },
  'no-handler': {
    severity: 'suspicious',
    wrong: say('rule_no_handler'),
    fix: say('rule_no_handler_fix'),
    link: EVENT,
  },
  'changed-after': {
    severity: 'suspicious',
    wrong: say('rule_changed_after'),
    fix: say('rule_changed_after_fix'),
    link: WAIT_UNTIL,
  },
  'bytes-grew': {
    severity: 'suspicious',
    wrong: say('rule_bytes_grew'),
    fix: say('rule_bytes_grew_fix'),
    link: mdn('StorageManager/estimate'),
  },
  'never-over': {
    severity: 'suspicious',
    wrong: say('rule_never_over'),
    fix: say('rule_never_over_fix'),
    link: WAIT_UNTIL,
  },
  'nothing-stored': {
    severity: 'suspicious',
    wrong: say('rule_nothing_stored'),
    fix: say('rule_nothing_stored_fix'),
    link: mdn('ServiceWorkerGlobalScope/backgroundfetchsuccess_event'),
  },
})

export type RuleId = keyof typeof rules
