import { assert } from "chai";

/** What a promise is rejected with; fails if it is not. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
	const outcome = await promise.then(
		(value) => ({ value }),
		(error: Error) => ({ error }),
	);
	if ("error" in outcome) return outcome.error;
	return assert.fail(`expected a rejection, got ${outcome.value}`);
}
