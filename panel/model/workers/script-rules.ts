import type { ScriptFinding, ScriptRule } from '../../../protocol/worker-events'
import { t } from '../../i18n/i18n'
import type { Worker } from '../session/view'

/** A rule about the text of a worker's script: what is wrong, and how to fix it. */
interface TextRule {
  readonly wrong: string
  readonly fix: string
  readonly link: string
}

const mdn = (path: string) => `https://developer.mozilla.org/docs/Web/API/${path}`

/** All rules about scripts, by id. */
export const textRules: Readonly<Record<ScriptRule, TextRule>> = {
  'script-unknown-event': {
    wrong: t('script_unknown_event'),
    fix: t('script_unknown_event_fix'),
    link: mdn('ServiceWorkerGlobalScope#events'),
  },
  'script-no-update-ui': {
    wrong: t('script_no_update_ui'),
    fix: t('script_no_update_ui_fix'),
    link: mdn('BackgroundFetchUpdateUIEvent/updateUI'),
  },
  'script-registration-method': {
    wrong: t('script_registration_method'),
    fix: t('script_registration_method_fix'),
    link: mdn('BackgroundFetchRegistration#instance_methods'),
  },
  'script-wait-until-function': {
    wrong: t('script_wait_until_function'),
    fix: t('script_wait_until_function_fix'),
    link: mdn('ExtendableEvent/waitUntil'),
  },
  'script-record-stored': {
    wrong: t('script_record_stored'),
    fix: t('script_record_stored_fix'),
    link: mdn('BackgroundFetchRecord/responseReady'),
  },
  'script-caches-deleted': {
    wrong: t('script_caches_deleted'),
    fix: t('script_caches_deleted_fix'),
    link: mdn('CacheStorage/delete'),
  },
  'script-event-not-extended': {
    wrong: t('script_event_not_extended'),
    fix: t('script_event_not_extended_fix'),
    link: mdn('ExtendableEvent/waitUntil'),
  },
  'script-store-created-late': {
    wrong: t('script_store_created_late'),
    fix: t('script_store_created_late_fix'),
    link: mdn('IDBOpenDBRequest/upgradeneeded_event'),
  },
}

/** What was read in the scripts of a worker, and which rules of it are disabled. */
export interface ScriptFindings {
  readonly shown: readonly ScriptFinding[]
  readonly disabled: readonly ScriptRule[]
}

/**
 * The findings in a worker's scripts.
 *
 * @param disabled IDs of rules that are disabled
 */
export function findingsOf({ scripts }: Worker, disabled: ReadonlySet<string>): ScriptFindings {
  const all = scripts?.findings ?? []
  const off = new Set(all.map(({ rule }) => rule).filter((rule) => disabled.has(rule)))
  return { shown: all.filter(({ rule }) => !off.has(rule)), disabled: [...off] }
}
