import { argumentOf, reflectGet, setPrototypeOf } from './primordials'

/** What a listener is added or removed with. https://dom.spec.whatwg.org/#dictdef-addeventlisteneroptions */
export interface Options {
  readonly capture: boolean
  readonly once: boolean
  readonly signal: unknown
  /** The script's own getter threw. */
  readonly threw: boolean
}

/** An object that inherits nothing, with a getter that throws what the script's own getter has thrown. */
const throwing = (error: unknown) => ({
  __proto__: null,
  get capture() {
    throw error
  },
})

/**
 * Reads the options of a call as the browser does, each once and in its order, and gives the browser what was read: the
 * getters and the Proxies of the script notice nothing else than without the probe.
 *
 * @param args of the call; the third is replaced where it is an object
 * @param names of the members of the dictionary, in the order in which the browser reads them
 */
export function takeOptions(args: unknown[], names: readonly string[]): Options {
  const options = argumentOf(args, 2)
  if ((typeof options !== 'object' || options === null) && typeof options !== 'function') {
    // An object or a boolean: null and undefined are objects without members here.
    return { capture: Boolean(options), once: false, signal: undefined, threw: false }
  }
  let threw = false
  const read = setPrototypeOf({}, null) as Record<string, unknown>
  try {
    for (let i = 0; i < names.length; i++) {
      const name = names[i] ?? ''
      read[name] = reflectGet(options, name)
    }
    args[2] = read
  } catch (error) {
    threw = true
    args[2] = throwing(error)
  }
  return { capture: Boolean(read.capture), once: Boolean(read.once), signal: read.signal, threw }
}
