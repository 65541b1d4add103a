/** Makes a thenable by hand, of any shape: promises are too well-behaved for some cases. */
export function withThen(then: unknown, target: object = {}): PromiseLike<never> {
	return Object.assign(target, { then }) as unknown as PromiseLike<never>;
}

/** A thenable that is rejected at once, and remembers whether anybody took the rejection. */
export function rejectingThenable(target: object = {}): PromiseLike<never> & { handled: boolean } {
	const thenable = Object.assign(target, { handled: false });
	withThen((_onFulfilled: unknown, onRejected?: (reason: unknown) => void) => {
		thenable.handled ||= typeof onRejected === "function";
		onRejected?.(new Error("rejected by an asynchronous hook"));
	}, thenable);
	return thenable as typeof thenable & PromiseLike<never>;
}

/** An object that refuses to be asked whether it is a promise, as strict proxies do. */
export function refusing(): object {
	return new Proxy(
		{},
		{
			get(_, key): unknown {
				if (key === "then") throw new Error("it was not to be asked");
				return undefined;
			},
		},
	);
}
