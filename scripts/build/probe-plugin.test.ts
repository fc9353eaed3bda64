import { createContext, runInContext } from 'node:vm'
import { beforeAll, expect, test } from 'vitest'
import { probeText } from './probe-plugin'

/** The probe as the tracer evaluates it. */
let text = ''
beforeAll(async () => {
  const load = probeText().load as unknown as (id: string) => Promise<{ readonly code: string }>
  const { code } = await load.call({ addWatchFile() {} }, '\0virtual:probe')
  text = JSON.parse(code.replace('export default ', ''))
})

test.each([
  'Object.defineProperty',
  'Object.getOwnPropertyDescriptor',
  'Object.assign',
  'Reflect.apply',
  'JSON.stringify',
  'Array.prototype.map',
  'Array.prototype.push',
  'String.prototype.slice',
  'WeakMap.prototype.get',
])('it does not call a script’s %s when it is evaluated', (name) => {
  const calls = runInContext(
    `let calls = 0
    ${name} = function () { calls++ }
    try { (${text})(null) } catch {}
    calls`,
    createContext({}),
  )
  expect(calls).toBe(0)
})
