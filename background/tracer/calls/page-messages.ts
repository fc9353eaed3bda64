import * as v from 'valibot'
import { MAX_WORKER_TEXT } from '../../../protocol/worker-fields'

/** As much of a stack is sent. */
const MAX_STACK = 16_384
/** So much is kept in the page until it is asked for. */
const MAX_WAITING = 400_000
/** The options of so many calls of `fetch()` are kept in the page until they are asked for. */
const MAX_KEPT = 20

/** What the page has sent at once. */
export interface Batch {
  /** How many calls were met in the document, also those of which no message came. */
  readonly count: number
  readonly messages: readonly string[]
}

/**
 * Declares, in one context of a page, what the conditions of breakpoints call: a variable that no script can find, as it is no
 * property of anything, and that uses nothing that a script could have replaced. The calls are given to whoever waits for
 * `next`, those of one task together, so that no binding has to be put into the page's global scope.
 *
 * The options of a call of `fetch()` are kept as they are, and nothing of them is read: only the debugger can tell whether an object is a
 * Proxy. `take` and `own` give them to it in an object of the variable's own, unless they are errors; see `readOptions()`. `trial` is
 * such an object, and `ran` says whether getters in it have run: without `getOwn`, which is given only where they have not, and without
 * `isError` nothing is kept.
 *
 * @param name of the variable
 * @param context the context's number
 */
export const pageMessages = (name: string, context: number): string => `
  const ${name} = (() => {
    let count = 0
    let given = 0
    let waiting = ''
    let first
    let last
    // Functions of the browser's own, as far as the page has left them; what lacks one is not read.
    let errors
    let clock
    let apply
    let id
    let result
    let recordsAvailable
    let isError
    let getOwn
    let ran = false
    let number = 0
    const kept = { __proto__: null }
    const read = (getter, self) => {
      if (apply && getter) try { return apply(getter, self, []) } catch {}
    }
    // Such a registration has no fetch any more that could be aborted.
    const hasEnded = (self) => {
      const how = read(result, self)
      return read(recordsAvailable, self) === false || (typeof how === 'string' && how !== '')
    }
    // To describe an error, the browser reads its stack, which a function of the page may prepare. To describe an object of arguments,
    // it reads the 'value' of a descriptor, which has it from Object.prototype.
    const hold = (it) => {
      if (typeof it === 'object' && it !== null && !isError(it) && !('value' in {})) return { __proto__: null, it }
    }
    const cut = (text, length) => {
      if (text.length <= length) return text
      let start = ''
      for (let i = 0; i < length; i++) start += text[i]
      return start
    }
    const give = () => {
      const wake = first.done
      const batch = \`\${count} \${waiting}\`
      first = first.next
      given = count
      waiting = ''
      wake(batch)
    }
    let giving = false
    const giveSoon = async () => {
      if (giving) return
      giving = true
      // Further calls of the script that runs go with it: the page may leave before anybody can wait again.
      await undefined
      giving = false
      if (first && given !== count) give()
    }
    const next = {
      __proto__: null,
      then(done) {
        const one = { __proto__: null, done, next: undefined }
        if (first) last.next = one
        else first = one
        last = one
        if (given !== count) giveSoon()
      },
    }
    return {
      __proto__: null,
      meet(method, self, given) {
        // What was not given would be looked for in Object.prototype.
        let its = given && given.length > 0 ? given[0] : undefined
        const options = given && given.length > 2 ? given[2] : undefined
        let detail = 0
        if (method === 'abort') {
          its = read(id, self)
          if (hasEnded(self)) detail = 1
        } else if (getOwn && isError && typeof options === 'object' && options !== null) {
          detail = ++number
          kept[detail] = options
          delete kept[detail - ${MAX_KEPT}]
        }
        if (typeof its !== 'string' || its.length > 16384) its = ''
        let stack = ''
        if (errors && !('prepareStackTrace' in errors)) {
          try { null.f } catch (error) { stack = error.stack }
        }
        if (typeof stack !== 'string') stack = ''
        let time = 0
        if (clock) try { time = clock() } catch {}
        if (typeof time !== 'number') time = 0
        const message = \`\${method} \${time} \${detail} \${its.length} \${its}\${cut(stack, ${MAX_STACK})}\`
        count++
        if (waiting.length <= ${MAX_WAITING}) waiting += \`\${message.length} \${message}\`
        if (first) giveSoon()
        return false
      },
      trial: {
        __proto__: null,
        it: { __proto__: null, get splice() { ran = true }, get length() { ran = true } },
      },
      get ran() { return ran },
      take(which) {
        const options = kept[which]
        delete kept[which]
        return hold(options)
      },
      own(held, name) {
        // An accessor has no value.
        const { value } = { __proto__: null, ...getOwn(held.it, name) }
        return typeof value === 'string' ? cut(value, ${MAX_WORKER_TEXT}) : hold(value)
      },
      set errors(value) { errors = value },
      set clock(value) { clock = value },
      set apply(value) { apply = value },
      set id(value) { id = value },
      set result(value) { result = value },
      set recordsAvailable(value) { recordsAvailable = value },
      set isError(value) { isError = value },
      set getOwn(value) { getOwn = value },
      get state() { return \`${context} \${count}\` },
      next,
      // Who waited before is not there any more.
      get onlyNext() {
        first = undefined
        return next
      },
    }
  })()`

const Text = v.pipe(v.string(), v.maxLength(2 * MAX_WAITING))

/** The batch that a page has sent; undefined where it is something else. */
export function batchIn(value: unknown): Batch | undefined {
  const text = v.safeParse(Text, value)
  const [start = '', count] = /^(\d{1,15}) /.exec(text.success ? text.output : '') ?? []
  if (!text.success || count === undefined) return undefined
  const messages: string[] = []
  let rest = text.output.slice(start.length)
  while (rest !== '') {
    const [before = '', length] = /^(\d{1,6}) /.exec(rest) ?? []
    const message = rest.slice(before.length, before.length + Number(length))
    if (length === undefined || message.length !== Number(length)) return undefined
    messages.push(message)
    rest = rest.slice(before.length + message.length)
  }
  return { count: Number(count), messages }
}
