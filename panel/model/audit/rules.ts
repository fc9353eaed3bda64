import { say } from '../../words/words'

/**
 * Which of the answers a rule gives. `wrong`: something was done wrong. `left`: it names the fetch. `new`: it is new and
 * not matched to the fetch. `logged`: the handler reported an error itself. `missing`: a success of which nothing is stored.
 */
export type Severity = 'wrong' | 'left' | 'new' | 'logged' | 'missing'

/** A rule of the audit: what is wrong, and how to fix it. */
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
    severity: 'left',
    wrong: say('rule_row_left'),
    fix: say('rule_row_left_fix'),
    link: mdn('IDBObjectStore/delete'),
  },
  'file-left': {
    severity: 'left',
    wrong: say('rule_file_left'),
    fix: say('rule_file_left_fix'),
    link: mdn('FileSystemDirectoryHandle/removeEntry'),
  },
  'entry-left': {
    severity: 'left',
    wrong: say('rule_entry_left'),
    fix: say('rule_entry_left_fix'),
    link: mdn('Cache/delete'),
  },
  'value-left': {
    severity: 'left',
    wrong: say('rule_value_left'),
    fix: say('rule_value_left_fix'),
    link: mdn('Storage/removeItem'),
  },
  'container-left': {
    severity: 'left',
    wrong: say('rule_container_left'),
    fix: say('rule_container_left_fix'),
    link: mdn('CacheStorage/delete'),
  },
  'not-matched': {
    severity: 'new',
    wrong: say('rule_not_matched'),
    fix: say('rule_not_matched_fix'),
    link: EVENT,
  },
  'short-body': {
    severity: 'wrong',
    wrong: say('rule_short_body'),
    fix: say('rule_short_body_fix'),
    link: mdn('Response/blob'),
  },
  'removed-next': {
    severity: 'wrong',
    wrong: say('rule_removed_next'),
    fix: say('rule_removed_next_fix'),
    link: mdn('BackgroundFetchManager/get'),
  },
  'event-timeout': {
    severity: 'wrong',
    wrong: say('rule_event_timeout'),
    fix: say('rule_never_over_fix'),
    link: WAIT_UNTIL,
  },
  'error-logged': {
    severity: 'logged',
    wrong: say('rule_error_logged'),
    fix: say('rule_error_logged_fix'),
    link: EVENT,
  },
  'notification-left': {
    severity: 'left',
    wrong: say('rule_notification_left'),
    fix: say('rule_notification_left_fix'),
    link: mdn('ServiceWorkerRegistration/getNotifications'),
  },
  'error-stored': {
    severity: 'wrong',
    wrong: say('rule_error_stored'),
    fix: say('rule_error_stored_fix'),
    link: mdn('Response/ok'),
  },
  'handler-rejected': {
    severity: 'wrong',
    wrong: say('rule_handler_rejected'),
    fix: say('rule_handler_rejected_fix'),
    link: WAIT_UNTIL,
  },
  'handler-threw': {
    severity: 'wrong',
    wrong: say('rule_handler_threw'),
    fix: say('rule_handler_threw_fix'),
    link: EVENT,
  },
  'not-a-promise': {
    severity: 'wrong',
    wrong: say('rule_not_a_promise'),
    fix: say('rule_not_a_promise_fix'),
    link: WAIT_UNTIL,
  },
  'wait-until-late': {
    severity: 'wrong',
    wrong: say('rule_wait_until_late'),
    fix: say('rule_wait_until_late_fix'),
    link: WAIT_UNTIL,
  },
  'wait-until-missing': {
    severity: 'wrong',
    wrong: say('rule_wait_until_missing'),
    fix: say('rule_wait_until_missing_fix'),
    link: WAIT_UNTIL,
  },
  'no-handler': {
    severity: 'wrong',
    wrong: say('rule_no_handler'),
    fix: say('rule_no_handler_fix'),
    link: EVENT,
  },
  'changed-after': {
    severity: 'wrong',
    wrong: say('rule_changed_after'),
    fix: say('rule_changed_after_fix'),
    link: WAIT_UNTIL,
  },
  'bytes-grew': {
    severity: 'new',
    wrong: say('rule_bytes_grew'),
    fix: say('rule_bytes_grew_fix'),
    link: mdn('StorageManager/estimate'),
  },
  'never-over': {
    severity: 'wrong',
    wrong: say('rule_never_over'),
    fix: say('rule_never_over_fix'),
    link: WAIT_UNTIL,
  },
  'nothing-stored': {
    severity: 'missing',
    wrong: say('rule_nothing_stored'),
    fix: say('rule_nothing_stored_fix'),
    link: mdn('ServiceWorkerGlobalScope/backgroundfetchsuccess_event'),
  },
})

export type RuleId = keyof typeof rules

/** Sentences of rules that say something else of a success: nothing is to be cleaned up after one. */
const ofSuccess: Partial<Record<RuleId, Pick<Rule, 'wrong' | 'fix'>>> = {
  'handler-rejected': { wrong: say('rule_handler_rejected_success'), fix: say('rule_handler_rejected_fix') },
  'no-handler': { wrong: say('rule_no_handler_success'), fix: say('rule_no_handler_fix') },
}

/** What a rule says of a fetch: what is wrong, and how to fix it. */
export function sentencesOf(
  rule: RuleId,
  { success, unregistered }: { readonly success: boolean; readonly unregistered: boolean },
): Pick<Rule, 'wrong' | 'fix'> {
  const { severity } = rules[rule]
  // What names a success, or came with it, may be what it is stored in.
  const mayStay = success && (severity === 'left' || severity === 'new')
  const stays = mayStay ? { wrong: rules[rule].wrong, fix: say('fix_success') } : undefined
  const { wrong, fix } = (success ? (ofSuccess[rule] ?? stays) : undefined) ?? rules[rule]
  return { wrong, fix: unregistered ? say('fix_unregistered') : fix }
}
