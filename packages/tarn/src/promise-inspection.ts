/** How a promise ended, as a value. */
export class PromiseInspection<T> {
	_value: T | undefined;
	_error: Error | undefined;

	constructor({ value, error }: { value?: T; error?: Error }) {
		this._value = value;
		this._error = error;
	}

	value(): T | undefined {
		return this._value;
	}

	reason(): Error | undefined {
		return this._error;
	}

	isRejected(): boolean {
		return !!this._error;
	}

	isFulfilled(): boolean {
		return !!this._value;
	}
}
