import * as v from 'valibot'

/** As much of a stack is sent. */
const MAX_STACK = 16_384
/** So much is kept in the page until it is asked for. */
const MAX_WAITING = 400_000

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
    const read = (getter, self) => {
      if (apply && getter) try { return apply(getter, self, []) } catch {}
    }
    // Such a registration has no fetch any more that could be aborted.
    const hasEnded = (self) => {
      const how = read(result, self)
      return read(recordsAvailable, self) === false || (typeof how === 'string' && how !== '')
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
      meet(method, self, argument) {
        let its = argument
        let ended = 0
        if (method === 'abort') {
          its = read(id, self)
          if (hasEnded(self)) ended = 1
        }
        if (typeof its !== 'string' || its.length > 16384) its = ''
        let stack = ''
        if (errors && !('prepareStackTrace' in errors)) {
          try { null.f } catch (error) { stack = error.stack }
        }
        if (typeof stack !== 'string') stack = ''
        if (stack.length > ${MAX_STACK}) {
          let start = ''
          for (let i = 0; i < ${MAX_STACK}; i++) start += stack[i]
          stack = start
        }
        let time = 0
        if (clock) try { time = clock() } catch {}
        if (typeof time !== 'number') time = 0
        const message = \`\${method} \${time} \${ended} \${its.length} \${its}\${stack}\`
        count++
        if (waiting.length <= ${MAX_WAITING}) waiting += \`\${message.length} \${message}\`
        if (first) giveSoon()
        return false
      },
      set errors(value) { errors = value },
      set clock(value) { clock = value },
      set apply(value) { apply = value },
      set id(value) { id = value },
      set result(value) { result = value },
      set recordsAvailable(value) { recordsAvailable = value },
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
