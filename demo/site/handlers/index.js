// @ts-check
import { after } from './after.js'
import { between } from './between.js'
import { chatty } from './chatty.js'
import { discard } from './discard.js'
import { forgetRows } from './forget-rows.js'
import { functionInstead } from './function.js'
import { keep } from './keep.js'
import { late } from './late.js'
import { never } from './never.js'
import { noWaitUntil } from './no-wait-until.js'
import { none } from './none.js'
import { property } from './property.js'
import { reject } from './reject.js'
import { slow } from './slow.js'
import { store404 } from './store-404.js'
import { throws } from './throws.js'

/** Every way the worker can treat an abort, right or wrong. Each one installs its own listener. */
export const handlers = {
  keep,
  discard,
  property,
  chatty,
  slow,
  'forget-rows': forgetRows,
  between,
  'store-404': store404,
  reject,
  function: functionInstead,
  late,
  'no-wait-until': noWaitUntil,
  throws,
  none,
  never,
  after,
}

/**
 * @param {string} name
 * @returns {name is keyof typeof handlers}
 */
export function isHandlerName(name) {
  return Object.hasOwn(handlers, name)
}
