import { combine, partsOf } from "../base/errors.ts";
import { follow } from "../base/thenable.ts";

/** Puts items by way of the public method, as whoever overrides that has to be told. */
interface Putter<T> {
	put(item: T): void;
}

/** Puts an item back once the promise is settled that its use returned. */
export function putWhenSettled<T, R>(pool: Putter<T>, item: T, result: R): Promise<Awaited<R>> {
	return follow(result).then(
		(value) => {
			pool.put(item);
			return value;
		},
		(error) => putAfterError(pool, item, error),
	);
}

/** Puts an item back whose use failed, and throws that error, with those of the put. */
export function putAfterError<T>(pool: Putter<T>, item: T, error: unknown): never {
	try {
		pool.put(item);
	} catch (thrown) {
		throw combine("Pool.use", [error, ...partsOf(thrown)]);
	}
	throw error;
}
