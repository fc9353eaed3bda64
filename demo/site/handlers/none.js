// @ts-check

/** Wrong: it has no listener, so whatever was written down before the fetch stays. */
export function none() {}
