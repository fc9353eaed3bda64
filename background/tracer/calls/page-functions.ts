import * as v from 'valibot'
import { textOf } from '../native-function'
import type { Send } from '../remote'
import type { PageContext } from './page-context'

const getterOf = <const N extends string>(name: N) => ({
  property: name,
  expression: `Object.getOwnPropertyDescriptor(BackgroundFetchRegistration.prototype, '${name}').get`,
  called: `get ${name}`,
})
/** A function that a page's variable uses, and its name in its text. */
interface Given {
  readonly property: string
  readonly expression: string
  readonly called: string
}

/** What it reads stacks, the time and a registration with, and tells errors by, whatever the page has put in their place. */
const GIVEN = [
  { property: 'errors', expression: 'Error', called: 'Error' },
  { property: 'clock', expression: 'Date.now', called: 'now' },
  { property: 'apply', expression: 'Reflect.apply', called: 'apply' },
  getterOf('id'),
  getterOf('result'),
  getterOf('recordsAvailable'),
  // Unlike `instanceof`, it runs no trap of a Proxy and knows the errors of other frames.
  { property: 'isError', expression: 'Error.isError', called: 'isError' },
] as const satisfies readonly Given[]
/** With this it reads options, once the debugger has been found to describe objects without running anything in them. */
const FOR_OPTIONS = {
  property: 'getOwn',
  expression: 'Reflect.getOwnPropertyDescriptor',
  called: 'getOwnPropertyDescriptor',
} as const satisfies Given

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
  const give = async ({ property, expression, called }: Given, may: Promise<boolean> | true = true) => {
    const { description, objectId } = await context.look(expression)
    if (description !== textOf(called) || !(await may)) return
    await send('Runtime.callFunctionOn', {
      functionDeclaration: `function (given) { ${name}.${property} = given }`,
      executionContextId: context.id,
      arguments: [{ objectId }],
      silent: true,
    })
  }
  await Promise.all([...GIVEN.map((one) => give(one)), give(FOR_OPTIONS, isQuiet(context, name))])
}
