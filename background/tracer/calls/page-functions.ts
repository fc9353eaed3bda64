import * as v from 'valibot'
import { textOf } from '../native-function'
import type { RemoteObject, Send } from '../remote'
import type { PageContext } from './page-context'

/** A function that a page's variable uses, and its name in its text. */
interface Given {
  readonly property: string
  readonly expression: string
  readonly called: string
}

/** What it reads stacks and the time with, and tells errors by, whatever the page has put in their place. */
const GIVEN: readonly Given[] = [
  { property: 'errors', expression: 'Error', called: 'Error' },
  { property: 'clock', expression: 'Date.now', called: 'now' },
  { property: 'apply', expression: 'Reflect.apply', called: 'apply' },
  // Unlike `instanceof`, it runs no trap of a Proxy and knows the errors of other frames.
  { property: 'isError', expression: 'Error.isError', called: 'isError' },
]
/** What it reads a registration with. */
const GETTERS = ['id', 'result', 'recordsAvailable']
/** With this it reads options, once the debugger has been found to describe objects without running anything in them. */
const FOR_OPTIONS: Given = {
  property: 'getOwn',
  expression: 'Reflect.getOwnPropertyDescriptor',
  called: 'getOwnPropertyDescriptor',
}

const Ran = v.object({ result: v.object({ value: v.boolean() }) })

/**
 * Whether the debugger describes an object without running a getter of it. Older versions of V8 look for `splice` and `length` in each
 * object, to know whether it is like an array.
 */
async function isQuiet(context: PageContext, name: string): Promise<boolean> {
  const [, ran] = await Promise.all([
    context.evaluate(`${name}.trial`, { generatePreview: true }),
    context.evaluate(`${name}.ran`),
  ])
  return !v.parse(Ran, ran).result.value
}

/**
 * Gives a page's variable the functions of the browser that it uses, each where the page has left it as it is.
 *
 * @param send to the tab's own session
 * @param name of the variable
 */
export async function giveFunctions(send: Send, context: PageContext, name: string): Promise<void> {
  const give = async (property: string, called: string, found: RemoteObject | undefined) => {
    if (found?.description !== textOf(called)) return
    await send('Runtime.callFunctionOn', {
      functionDeclaration: `function (given) { ${name}.${property} = given }`,
      executionContextId: context.id,
      arguments: [{ objectId: found.objectId }],
      silent: true,
    })
  }
  const lookAndGive = async ({ property, expression, called }: Given) =>
    give(property, called, await context.look(expression))
  const giveGetters = async () => {
    const getters = await context.lookUpGetters('BackgroundFetchRegistration.prototype')
    const giveGetter = (attribute: string) => give(attribute, `get ${attribute}`, getters.get(attribute))
    await Promise.all(GETTERS.map(giveGetter))
  }
  const giveForOptions = async () => {
    const { property, expression, called } = FOR_OPTIONS
    const [quiet, found] = await Promise.all([isQuiet(context, name), context.look(expression)])
    if (quiet) await give(property, called, found)
  }
  await Promise.all([...GIVEN.map(lookAndGive), giveGetters(), giveForOptions()])
}
