export { PoolError, type PoolErrorCode } from "../base/errors.ts";
export { enableChecks } from "./enable-checks.ts";
export { reportLeaks } from "./leak-watch.ts";
export type { CheckOptions } from "./options.ts";
export { PoolViolation, type Trace, type ViolationKind } from "./violation.ts";
