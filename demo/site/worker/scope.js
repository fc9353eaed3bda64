// @ts-check

/** The worker's global object; type checking knows `self` as a window. */
export const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self))
