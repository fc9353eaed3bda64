// @ts-check

/** Wrong: nobody listens, so whatever was written down before the fetch stays. */
export function none() {}
