/**
 * What the tracer gives a probe in a worker whose script has run: functions that the debugger has looked at, behind the Proxies of
 * scripts and of other probes, and found to be the browser's own. null in a worker that starts; not there in a test of a part.
 */
declare const trusted:
  | readonly [
      apply: typeof Reflect.apply,
      text: () => string,
      addEventListener?: EventTarget['addEventListener'],
      removeEventListener?: EventTarget['removeEventListener'],
      registration?: (this: object) => unknown,
    ]
  | null
  | undefined

const given = typeof trusted === 'undefined' ? undefined : trusted

/** `Function.prototype.toString`, which gives the text of a function. */
export const nativeText: () => string = given ? given[1] : Function.prototype.toString

/** Methods of `EventTarget`, and the getter of an event's `registration`, that the debugger has found. */
export const found = {
  addEventListener: given?.[2],
  removeEventListener: given?.[3],
  registration: given?.[4],
}

/** What the probe throws where it does not take part: the script would be called by it, and could find it. */
export const REPLACED = 'replaced'

/**
 * A function of the browser.
 *
 * @throws `REPLACED` where the script has put one of its own in its place
 */
export function native<T>(one: T, name: string): T {
  if (given === undefined) return one
  if (given && typeof one !== 'function') throw REPLACED
  // Where nothing is to be trusted yet, the script should not have run.
  const text = given ? given[0](nativeText, one, []) : `${one}`
  if (text !== `function ${name}() { [native code] }`) throw REPLACED
  return one
}

/**
 * Checks a getter of the browser in a worker whose script has run. Where it starts, there may be none yet.
 *
 * @throws `REPLACED` where the script has put one of its own in its place, or has removed it
 */
export function mustBeNative(getter: unknown, name: string): void {
  if (given) native(getter, name)
}
