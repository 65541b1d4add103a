export const name = "cbor-x";
export const version = "1.6.9";

/** Nothing to pool is expected here: only the advisor is asked. */
export const edits = undefined;
