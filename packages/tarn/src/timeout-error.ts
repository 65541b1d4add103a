/** What took too long; callers match its class. */
export class TimeoutError extends Error {}
