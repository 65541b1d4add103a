export const name = "protobufjs";
export const version = "8.8.1";

/** Nothing to pool is expected here: only the advisor is asked. */
export const edits = undefined;
