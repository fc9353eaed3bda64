import { type Key, say } from './words'

/**
 * What the bridge and the background write into the journal in words is English, so that a journal means the
 * same everywhere. These are their sentences, and the messages that say them in the reader's language.
 */
const sentences: readonly (readonly [RegExp, Key])[] = [
  [/^(\d+) caches were not read$/, 'told_caches'],
  [/^cache (.+) has more than (\d+) entries: only the fetch’s own URLs are looked up$/s, 'told_cache_large'],
  [/^(\d+) URLs were not looked up in the caches$/, 'told_urls'],
  [/^(\d+) databases were not read$/, 'told_databases'],
  [/^database (.+) is busy or gone$/s, 'told_database_busy'],
  [/^database (.+?): (.+)$/s, 'told_database_error'],
  [/^(\d+) stores of (.+) were not read$/s, 'told_stores'],
  [/^(.+) has (\d+) rows: they were counted, not compared$/s, 'told_rows_counted'],
  [/^(\d+) new rows of (.+) are not named$/s, 'told_rows_unnamed'],
  [/^(.+) changed while it was read$/s, 'told_store_changed'],
  [/^(.+) was not read before the fetch: it is not compared$/s, 'told_store_unread'],
  [/^only (\d+) files were read$/, 'told_files_bound'],
  [/^files were not all read before the fetch: they are not compared$/, 'told_files_unread'],
  [/^only (\d+) new files are named$/, 'told_files_unnamed'],
  [/^the private file system can’t be read: (.+)$/s, 'told_files_error'],
  [/^notifications can’t be read: (.+)$/s, 'told_notifications_error'],
  [/^(.+?) can’t be read: (.+)$/s, 'told_error'],
  [/^The page that showed this fetch is gone\.$/, 'told_page_gone'],
  [/^The page went away before abort\(\) answered\.$/, 'told_page_left'],
  [/^The tracer is off\.$/, 'told_tracer_off'],
  [/^This worker is not traced any more\.$/, 'told_worker_untraced'],
  [/^The probe did not start\.$/, 'told_probe_failed'],
  [/^not a list$/, 'told_not_list'],
  [/^more than (\d+) reports at once$/, 'told_many_reports'],
  [/^at: not near the time of arrival$/, 'told_not_near'],
  [/^(?:Error: )?The database does not open\.$/, 'told_db_late'],
  [
    /^(?:Error: )?Another page of the extension holds an older version of the database open\.$/,
    'told_db_blocked',
  ],
  [/^(?:Error: )?The database does not answer\.$/, 'told_db_silent'],
  [/^(?:Error: )?What was recorded before the last start of the browser is not removed yet\.$/, 'told_stale'],
  [/^VersionError: .*$/s, 'told_db_newer'],
  [/^The requested version \(\d+\) is less than the existing version \(\d+\)\.$/, 'told_db_newer'],
  [/^(QuotaExceededError\b.*)$/s, 'told_db_full'],
  [/^The answer of the page’s side is not a list of records\.$/, 'told_bad_records'],
  [/^The extension was removed or updated\.$/, 'told_extension_gone'],
]

/** A sentence of the journal, in the reader's language where it is one of the extension's own. */
export function told(sentence: string): string {
  for (const [pattern, key] of sentences) {
    const found = pattern.exec(sentence)
    if (found) return say(key, ...found.slice(1))
  }
  return sentence
}
