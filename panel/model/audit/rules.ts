import { t } from '../../i18n/i18n'

/**
 * Which of the answers a rule gives. `wrong`: something was done wrong. `left`: it names the fetch. `new`: it is new and
 * not matched to the fetch. `removed`: it is gone and not matched to it, so that nothing is known. `logged`: an error came in
 * the worker while the event was handled. `missing`: a success of which nothing is stored.
 */
export type Severity = 'wrong' | 'left' | 'new' | 'removed' | 'logged' | 'missing'

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
    wrong: t('rule_row_left'),
    fix: t('rule_row_left_fix'),
    link: mdn('IDBObjectStore/delete'),
  },
  'file-left': {
    severity: 'left',
    wrong: t('rule_file_left'),
    fix: t('rule_file_left_fix'),
    link: mdn('FileSystemDirectoryHandle/removeEntry'),
  },
  'entry-left': {
    severity: 'left',
    wrong: t('rule_entry_left'),
    fix: t('rule_entry_left_fix'),
    link: mdn('Cache/delete'),
  },
  'value-left': {
    severity: 'left',
    wrong: t('rule_value_left'),
    fix: t('rule_value_left_fix'),
    link: mdn('Storage/removeItem'),
  },
  'container-left': {
    severity: 'left',
    wrong: t('rule_container_left'),
    fix: t('rule_container_left_fix'),
    link: mdn('CacheStorage/delete'),
  },
  'not-matched': {
    severity: 'new',
    wrong: t('rule_not_matched'),
    fix: t('rule_not_matched_fix'),
    link: EVENT,
  },
  'removed-unmatched': {
    severity: 'removed',
    wrong: t('rule_removed_unmatched'),
    fix: t('rule_removed_unmatched_fix'),
    link: EVENT,
  },
  'short-body': {
    severity: 'wrong',
    wrong: t('rule_short_body'),
    fix: t('rule_short_body_fix'),
    link: mdn('Response/blob'),
  },
  'range-dropped': {
    severity: 'wrong',
    wrong: t('rule_range_dropped'),
    fix: t('rule_range_dropped_fix'),
    link: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Range_requests',
  },
  'removed-next': {
    severity: 'wrong',
    wrong: t('rule_removed_next'),
    fix: t('rule_removed_next_fix'),
    link: mdn('BackgroundFetchManager/get'),
  },
  'event-timeout': {
    severity: 'wrong',
    wrong: t('rule_event_timeout'),
    fix: t('rule_never_over_fix'),
    link: WAIT_UNTIL,
  },
  'error-logged': {
    severity: 'logged',
    wrong: t('rule_error_logged'),
    fix: t('rule_error_logged_fix'),
    link: EVENT,
  },
  'notification-left': {
    severity: 'left',
    wrong: t('rule_notification_left'),
    fix: t('rule_notification_left_fix'),
    link: mdn('ServiceWorkerRegistration/getNotifications'),
  },
  'error-stored': {
    severity: 'wrong',
    wrong: t('rule_error_stored'),
    fix: t('rule_error_stored_fix'),
    link: mdn('Response/ok'),
  },
  'handler-rejected': {
    severity: 'wrong',
    wrong: t('rule_handler_rejected'),
    fix: t('rule_handler_rejected_fix'),
    link: WAIT_UNTIL,
  },
  'handler-threw': {
    severity: 'wrong',
    wrong: t('rule_handler_threw'),
    fix: t('rule_handler_threw_fix'),
    link: EVENT,
  },
  'not-a-promise': {
    severity: 'wrong',
    wrong: t('rule_not_a_promise'),
    fix: t('rule_not_a_promise_fix'),
    link: WAIT_UNTIL,
  },
  'wait-until-late': {
    severity: 'wrong',
    wrong: t('rule_wait_until_late'),
    fix: t('rule_wait_until_late_fix'),
    link: WAIT_UNTIL,
  },
  'wait-until-missing': {
    severity: 'wrong',
    wrong: t('rule_wait_until_missing'),
    fix: t('rule_wait_until_missing_fix'),
    link: WAIT_UNTIL,
  },
  'no-handler': {
    severity: 'wrong',
    wrong: t('rule_no_handler'),
    fix: t('rule_no_handler_fix'),
    link: EVENT,
  },
  'changed-after': {
    severity: 'wrong',
    wrong: t('rule_changed_after'),
    fix: t('rule_changed_after_fix'),
    link: WAIT_UNTIL,
  },
  'bytes-grew': {
    severity: 'new',
    wrong: t('rule_bytes_grew'),
    fix: t('rule_bytes_grew_fix'),
    link: mdn('StorageManager/estimate'),
  },
  'never-over': {
    severity: 'wrong',
    wrong: t('rule_never_over'),
    fix: t('rule_never_over_fix'),
    link: WAIT_UNTIL,
  },
  'nothing-stored': {
    severity: 'missing',
    wrong: t('rule_nothing_stored'),
    fix: t('rule_nothing_stored_fix'),
    link: mdn('ServiceWorkerGlobalScope/backgroundfetchsuccess_event'),
  },
})

export type RuleId = keyof typeof rules

/** Whether it is about an error in the worker, which may be no mistake of the handler. */
export const isLogged = ({ rule }: { readonly rule: RuleId }): boolean => rules[rule].severity === 'logged'

/** Sentences of rules that say something else of a success: nothing is to be cleaned up after one. */
const ofSuccess: Partial<Record<RuleId, Pick<Rule, 'wrong' | 'fix'>>> = {
  'handler-rejected': { wrong: t('rule_handler_rejected_success'), fix: t('rule_handler_rejected_fix') },
  'no-handler': { wrong: t('rule_no_handler_success'), fix: t('rule_no_handler_fix') },
}

/** What a rule says of what it found of a fetch: what is wrong, and how to fix it. */
export function sentencesOf(
  { rule, mayBeOf }: { readonly rule: RuleId; readonly mayBeOf: readonly string[] },
  { success, unregistered }: { readonly success: boolean; readonly unregistered: boolean },
): Pick<Rule, 'wrong' | 'fix'> {
  const { severity } = rules[rule]
  // What names a success, or came with it, may be what it is stored in.
  const mayStay = success && (severity === 'left' || severity === 'new')
  const stays = mayStay ? { wrong: rules[rule].wrong, fix: t('fix_success') } : undefined
  const { wrong, fix } = (success ? (ofSuccess[rule] ?? stays) : undefined) ?? rules[rule]
  // Data of another fetch is not to be deleted.
  if (mayBeOf.length > 0)
    return { wrong, fix: t(severity === 'left' ? 'fix_names_other' : 'fix_maybe_other') }
  return { wrong, fix: unregistered ? t('fix_unregistered') : fix }
}
