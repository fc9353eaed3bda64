// @ts-check

/** What each abort handler does, in a sentence. @type {Record<string, string>} */
export const handlerNotes = {
  keep: 'Right: stores what arrived whole, removes the row and the part file.',
  discard: 'Right: removes everything.',
  property: 'Right, written as self.onbackgroundfetchabort.',
  chatty: 'Right, but it logs a lot and a timer throws an uncaught error.',
  slow: 'Right in the end: the clean-up takes ten seconds.',
  'forget-rows': 'Wrong: leaves the IndexedDB row and the part file behind.',
  between:
    'Wrong between two responses only: leaves an IndexedDB row to continue later, but never continues.',
  'store-404': 'Wrong: stores error responses too.',
  reject: 'Wrong: the promise given to waitUntil() rejects in the middle.',
  function: 'Wrong: passes a function to waitUntil(); it never runs.',
  late: 'Wrong: calls waitUntil() after an await, when it is too late.',
  'no-wait-until': 'Wrong: works on without waitUntil().',
  throws: 'Wrong: throws before it does anything.',
  none: 'Wrong: has no listener.',
  never: 'Wrong: the promise given to waitUntil() never settles.',
  after: 'Questionable: goes on writing after the event is over.',
}
