import { afterEach, expect, test, vi } from 'vitest'
import { agree, disguise, type Outcome, type Unwrap, underlying, wrap } from './wrap'

class Owner {
  sum(...parts: number[]): number {
    return parts.reduce((a, b) => a + b, this.base)
  }
  base = 0
  fail(): never {
    throw failure
  }
}
const failure = new RangeError('on purpose')
const native = { sum: Owner.prototype.sum, fail: Owner.prototype.fail, toString: Function.prototype.toString }
const undos: Unwrap[] = []
const watched = (name: 'sum' | 'fail', before: Parameters<typeof wrap>[2] = () => undefined) => {
  const undo = wrap(Owner.prototype, name, before)
  undos.push(undo)
  return undo
}

afterEach(() => {
  for (const undo of undos.splice(0).reverse()) undo()
  Object.defineProperty(Owner.prototype, 'sum', { value: native.sum, writable: true, configurable: true })
  agree('', false)
})

test('a wrapped method keeps its name, its length, its text and its property’s flags', () => {
  const before = Object.getOwnPropertyDescriptor(Owner.prototype, 'sum')
  const undoDisguise = disguise()
  undos.push(undoDisguise)
  watched('sum')
  const { sum } = Owner.prototype
  expect(sum).not.toBe(native.sum)
  expect([sum.name, sum.length]).toEqual([native.sum.name, native.sum.length])
  expect(String(sum)).toBe(native.toString.call(native.sum))
  expect(Function.prototype.toString.call(sum)).toBe(native.toString.call(native.sum))
  expect(String(Function.prototype.toString)).toBe('function toString() { [native code] }')
  expect(Reflect.ownKeys(sum)).toEqual(Reflect.ownKeys(native.sum))
  expect(Object.getOwnPropertyDescriptor(Owner.prototype, 'sum')).toEqual({ ...before, value: sum })
  expect(Object.keys(Owner.prototype)).toEqual([])
})

test('this, arguments and what is returned go through', () => {
  const seen = vi.fn()
  watched('sum', (self, args) => {
    seen(self, [...args])
    return (outcome: Outcome<unknown>) => seen(outcome)
  })
  const owner = new Owner()
  owner.base = 10
  expect(owner.sum(1, 2)).toBe(13)
  expect(seen.mock.calls).toEqual([[owner, [1, 2]], [{ threw: false, value: 13 }]])
})

test('what is thrown goes through, as the very same object', () => {
  const seen = vi.fn()
  watched('fail', () => seen)
  expect(() => new Owner().fail()).toThrow(failure)
  expect(seen).toHaveBeenCalledWith({ threw: true, error: failure })
})

test('a watcher that throws, before or after, never reaches the script', () => {
  watched('sum', () => {
    throw new Error('before')
  })
  expect(new Owner().sum(1)).toBe(1)
  watched('sum', () => () => {
    throw new Error('after')
  })
  expect(new Owner().sum(1)).toBe(1)
})

test('undone, the very same method is back, and the watcher hears nothing more', () => {
  const seen = vi.fn()
  const undo = watched('sum', seen)
  const { sum: kept } = Owner.prototype
  expect(undo()).toBe(true)
  expect(Owner.prototype.sum).toBe(native.sum)
  expect(kept.call(new Owner(), 5)).toBe(5)
  expect(seen).not.toHaveBeenCalled()
})

test('wrapped by somebody else meanwhile it stays, says so, and only passes through', () => {
  const seen = vi.fn()
  const undo = watched('sum', seen)
  const { sum: ours } = Owner.prototype
  Owner.prototype.sum = function (...parts) {
    return ours.apply(this, parts) * 100
  }
  expect(undo()).toBe(false)
  expect(new Owner().sum(1)).toBe(100)
  expect(seen).not.toHaveBeenCalled()
})

test('what is not there, is no method or can’t be replaced is left alone', () => {
  const frozen = Object.freeze({ sum: native.sum })
  expect(wrap(frozen, 'sum', () => undefined)()).toBe(true)
  expect(wrap({}, 'absent', () => undefined)()).toBe(true)
  expect(wrap({ absent: 5 }, 'absent', () => undefined)()).toBe(true)
  expect(frozen.sum).toBe(native.sum)
})

test('probes that know the same secret find the browser’s own method under one another’s wrappers', () => {
  agree('secret', true)
  undos.push(disguise())
  const { add } = Set.prototype
  undos.push(wrap(Set.prototype, 'add', () => undefined))
  expect(Set.prototype.add).not.toBe(add)
  expect('secret' in Set.prototype.add).toBe(false)
  // As another probe does, to which `toString()` is the one with the disguise.
  expect(Object.getOwnPropertyDescriptor(Set.prototype.add, 'secret')?.value).toBe(add)
  expect(underlying(add, 'add')).toBe(add)
})

test('a function that the script put in the place of a method is not asked for the secret', () => {
  agree('secret', true)
  const asked = vi.fn()
  const hooked = new Proxy(Set.prototype.add, { get: asked, getOwnPropertyDescriptor: asked })
  expect(underlying(hooked, 'add')).toBe(hooked)
  expect(asked).not.toHaveBeenCalled()
})

test('calls that are not to be looked at leave no frame in the stack', () => {
  const seen = vi.fn()
  const framesOf = () => {
    try {
      Reflect.apply(Set.prototype.add, 5, [])
    } catch (error) {
      return String((error as Error).stack).split('\n').length
    }
  }
  const before = framesOf()
  let wanted = false
  undos.push(
    wrap(
      Set.prototype,
      'add',
      () => seen() as undefined,
      () => wanted,
    ),
  )
  expect(framesOf()).toBe(before)
  expect(seen).not.toHaveBeenCalled()
  wanted = true
  framesOf()
  expect(seen).toHaveBeenCalledOnce()
})

test('a stack of the browser’s own exception has no frame of the probe, and is read by nobody', () => {
  const limit = Error.stackTraceLimit
  let frames = 0
  let names: (string | null)[] = []
  const prepare = Error.prepareStackTrace
  let prepared = 0
  const fail = () => Reflect.apply(Set.prototype.add, 5, [])
  undos.push(wrap(Set.prototype, 'add', () => undefined))
  const deep = (depth: number): unknown => (depth > 0 ? deep(depth - 1) : fail())
  Error.stackTraceLimit = 4
  Error.prepareStackTrace = (_, sites) => {
    frames = sites.length
    prepared++
    names = sites.map((site) => site.getFunctionName())
    return ''
  }
  try {
    deep(20)
  } catch (error) {
    expect(prepared).toBe(0)
    void (error as Error).stack
  } finally {
    Error.prepareStackTrace = prepare
    Error.stackTraceLimit = limit
  }
  expect([frames, prepared, names]).toEqual([4, 1, ['fail', 'deep', 'deep', 'deep']])
})

test('a script that replaces the iteration of arrays is not made to iterate', () => {
  let first: unknown
  watched('sum', (_, args) => {
    first = args[0]
    return undefined
  })
  const iterate = Array.prototype[Symbol.iterator]
  let iterated = 0
  Array.prototype[Symbol.iterator] = function () {
    iterated++
    return iterate.call(this)
  }
  new Owner().sum(3)
  const during = iterated
  Array.prototype[Symbol.iterator] = iterate
  expect([first, during]).toEqual([3, 0])
})

test('what a script has frozen stays as a pass-through, and undoing it throws nothing', () => {
  class Frozen {
    sum() {
      return 1
    }
  }
  const seen = vi.fn(() => undefined)
  const undo = wrap(Frozen.prototype, 'sum', seen)
  Object.freeze(Frozen.prototype)
  expect(undo()).toBe(false)
  expect(new Frozen().sum()).toBe(1)
  expect(seen).not.toHaveBeenCalled()
})
