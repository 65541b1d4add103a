export { PoolError, type PoolErrorCode } from "../base/errors.ts";
export type { Ending, ServerResponse } from "./response.ts";
export { type Returning, send } from "./send.ts";
export { whenSent } from "./when-sent.ts";
