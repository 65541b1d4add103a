import { PoolError } from "../base/errors.ts";
import { isArrayBuffer } from "./expect.ts";
import type { Storage } from "./storage.ts";

// A hack: a constructor that returns another object makes its subclass put private fields on that object. So an array can
// carry a mark that nobody else can set, copy or see, and that is checked in no time that a benchmark can see; reading
// `array.buffer` to prove the same adds half as much again to a get and put (bench/src/scenarios/rent.ts).
class Bearer {
	constructor(array: object) {
		// biome-ignore lint/correctness/noConstructorReturn: that is the point, see above.
		return array;
	}
}

class Mark extends Bearer {
	readonly #whole = true;

	static isOn(array: object): boolean {
		return #whole in array;
	}
}

/** Makes an array of zeros that is known to own its memory from end to end. */
export function makeArray(length: number, what: string): Storage {
	let array: Storage;
	try {
		array = new Uint8Array(length);
	} catch (cause) {
		throw new PoolError("ERR_POOL_RANGE", `${what}: expected memory for ${length} bytes, got ${cause}`, {
			cause,
		});
	}
	new Mark(array);
	return array;
}

/**
 * Whether an array may be pooled: it is a plain `Uint8Array` over the whole of an `ArrayBuffer` that is neither shared nor
 * resizable. A detached one has length 0 and fits no size class.
 */
export function isWhole(array: Uint8Array): array is Storage {
	if (Mark.isOn(array)) return true;
	const { buffer } = array;
	const whole =
		Object.getPrototypeOf(array) === Uint8Array.prototype &&
		isArrayBuffer(buffer) &&
		!(buffer as { resizable?: boolean }).resizable &&
		buffer.byteLength === array.length;
	if (whole) new Mark(array);
	return whole;
}
