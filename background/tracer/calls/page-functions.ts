import * as v from 'valibot'
import { textOf } from '../native-function'
import type { RemoteObject, Send } from '../remote'
import type { PageContext } from './page-context'

/** Where a function that a page's variable uses stands, by the name it is given: what its text calls it, a getter's with `get `. */
interface Owner {
  readonly variable: string
  readonly part?: 'prototype'
  readonly functions: Readonly<Record<string, string>>
}

/** What it reads stacks, the time and a registration with, and tells errors by, whatever the page has put in their place. */
const GIVEN: readonly Owner[] = [
  { variable: 'Date', functions: { clock: 'now' } },
  { variable: 'Reflect', functions: { apply: 'apply' } },
  {
    variable: 'BackgroundFetchRegistration',
    part: 'prototype',
    functions: { id: 'get id', result: 'get result', recordsAvailable: 'get recordsAvailable' },
  },
  // Unlike `instanceof`, it runs no trap of a Proxy and knows the errors of other frames.
  { variable: 'Error', functions: { isError: 'isError' } },
]
/** With this it reads options, once the debugger has been found to describe objects without running anything in them. */
const FOR_OPTIONS: Owner = { variable: 'Reflect', functions: { getOwn: 'getOwnPropertyDescriptor' } }

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
  const giveOf = async ({ variable, part, functions }: Owner, may: Promise<boolean> | true = true) => {
    const found = await context.lookInto(variable, part)
    if (!(await may)) return
    const all = Object.entries(functions).map(([property, called]) => {
      const one = found.find((it) => called.split(' ').at(-1) === it.name)
      return give(property, called, called.startsWith('get ') ? one?.get : one?.value)
    })
    await Promise.all(all)
  }
  await Promise.all([
    context.look('Error').then((found) => give('errors', 'Error', found)),
    ...GIVEN.map((owner) => giveOf(owner)),
    giveOf(FOR_OPTIONS, isQuiet(context, name)),
  ])
}
