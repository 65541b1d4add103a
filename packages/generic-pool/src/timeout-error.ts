/** A wait that was too long; callers match its name. */
export class TimeoutError extends Error {
	override readonly name = "TimeoutError";
}
