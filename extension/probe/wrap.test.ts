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
  agree('')
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
  agree('secret')
  watched('sum')
  watched('sum')
  expect(underlying(Owner.prototype.sum)).toBe(native.sum)
  expect(underlying(native.sum)).toBe(native.sum)
  expect('secret' in Owner.prototype.sum).toBe(false)
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
