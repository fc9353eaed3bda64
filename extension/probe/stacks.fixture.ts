import { afterEach, beforeEach } from 'vitest'

/** Lets the engine write the stacks of errors in the tests of a file, as in a worker: Vitest writes them itself. */
export function useOwnStacks(): void {
  const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace')
  beforeEach(() => {
    Reflect.deleteProperty(Error, 'prepareStackTrace')
  })
  afterEach(() => {
    Reflect.deleteProperty(Error, 'prepareStackTrace')
    if (prepare) Object.defineProperty(Error, 'prepareStackTrace', prepare)
  })
}
