export const name = "msgpackr";
export const version = "2.1.4";

/** Nothing to pool is expected here: only the advisor is asked. */
export const edits = undefined;
