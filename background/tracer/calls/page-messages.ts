import * as v from 'valibot'

/** A message of the page is never longer. */
const MAX_MESSAGE = 40_000
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
 * `next`, so that no binding has to be put into the page's global scope.
 *
 * @param name of the variable
 * @param context the context's number
 */
export const pageMessages = (name: string, context: number): string => `
  const ${name} = (() => {
    let count = 0
    let waiting = ''
    let resolve
    const give = () => {
      const wake = resolve
      const batch = \`\${count} \${waiting}\`
      resolve = undefined
      waiting = ''
      wake(batch)
    }
    return {
      __proto__: null,
      meet(method, id) {
        if (typeof id !== 'string' || id.length > 16384) id = ''
        let stack = ''
        if (typeof Error !== 'function' || Error.prepareStackTrace === undefined) {
          try { null.f } catch (error) { stack = error.stack }
        }
        if (typeof stack !== 'string') stack = ''
        const message = \`\${method} \${id.length} \${id}\${stack}\`
        count++
        if (message.length <= ${MAX_MESSAGE} && waiting.length <= ${MAX_WAITING}) {
          waiting += \`\${message.length} \${message}\`
        }
        if (resolve) give()
        return false
      },
      get state() { return \`${context} \${count}\` },
      next: {
        __proto__: null,
        then(done) {
          resolve = done
          if (waiting !== '') give()
        },
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
