/** Browsers have no async context that a program could set. */
export const detached = <R>(work: () => R): R => work();
