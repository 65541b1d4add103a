import { holdLock, threadsByLock } from "./threads-lock.ts";

/** Browsers: a worker that was terminated may go on for seconds, and loses its locks after its last step. */
export const threads = threadsByLock(holdLock);
