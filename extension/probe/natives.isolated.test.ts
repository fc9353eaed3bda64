import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

const getter = (owner: object, name: string) => Object.getOwnPropertyDescriptor(owner, name)?.get
const own = {
  get flags() {
    return ''
  },
}

const thrownBy = (act: () => void): unknown => {
  try {
    return void act()
  } catch (thrown) {
    return thrown
  }
}

test('in a worker whose script has run, only getters of the browser are taken', async () => {
  vi.stubGlobal('trusted', [Reflect.apply, Function.prototype.toString])
  const { mustBeNative, REPLACED } = await import('./natives')
  mustBeNative(getter(RegExp.prototype, 'flags'), 'get flags')
  for (const replaced of [getter(own, 'flags'), getter(RegExp.prototype, 'global'), undefined]) {
    expect(thrownBy(() => mustBeNative(replaced, 'get flags'))).toBe(REPLACED)
  }
})

test('in a worker that starts, a getter may not be there yet', async () => {
  vi.stubGlobal('trusted', null)
  const { mustBeNative } = await import('./natives')
  mustBeNative(undefined, 'get flags')
})
