import { assert } from "chai";
import { PoolError, type PoolErrorCode, type PoolStats } from "ebbpool";

/** What `action` threw; fails if it returned. */
export function thrownBy(action: () => unknown): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	return assert.fail("expected a throw, but the call returned");
}

/** What `promise` was rejected with; fails if it was fulfilled. */
export async function rejectionOf(promise: PromiseLike<unknown>): Promise<unknown> {
	try {
		await promise;
	} catch (error) {
		return error;
	}
	return assert.fail("expected a rejection, but the promise was fulfilled");
}

export function expectPoolError(error: unknown, code: PoolErrorCode): PoolError {
	assert.instanceOf(error, PoolError, `expected a PoolError, got ${String(error)}`);
	assert.strictEqual((error as PoolError).code, code);
	return error as PoolError;
}

export function expectCode(code: PoolErrorCode, action: () => unknown): PoolError {
	return expectPoolError(thrownBy(action), code);
}

/** One `ERR_POOL_HOOK` that carries exactly these errors, in the order in which they happened. */
export function expectGathered(error: unknown, expected: readonly unknown[]): void {
	const { errors } = expectPoolError(error, "ERR_POOL_HOOK");
	assert.isArray(errors);
	assert.lengthOf(errors as unknown[], expected.length);
	for (const [i, each] of expected.entries()) assert.strictEqual(errors?.[i], each);
}

/** The published equations; `hooked` says that the pool has a `dispose` hook. */
export function expectEquations(stats: PoolStats, hooked = false): void {
	const told = JSON.stringify(stats);
	const { gets, hits, victimHits, misses, puts, rejected, discarded, evicted, cleared, disposed } = stats;
	if (gets !== undefined && hits !== undefined && puts !== undefined) {
		assert.strictEqual(gets, hits + victimHits + misses, `gets = hits + victimHits + misses in ${told}`);
		const left = rejected + evicted + cleared + stats.local + stats.victim;
		assert.strictEqual(puts, hits + victimHits + left, `puts = where the items went in ${told}`);
	}
	const letGo = hooked ? rejected + discarded + evicted + cleared : 0;
	assert.strictEqual(disposed, letGo, `disposed = all that was let go of in ${told}`);
}
