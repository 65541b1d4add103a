import { ViewType } from "./field-type.ts";
import { NumberType } from "./scalar.ts";

/** Numbers one after the other as a typed array; structs or arrays as a frozen array of what gives access to each. */
export function arrayType(
	element: NumberType<unknown, object> | ViewType<object>,
	length: number,
): ViewType<object> {
	const { byteLength, alignment, signature } = element;
	const viewOf =
		element instanceof NumberType
			? (buffer: ArrayBufferLike, byteOffset: number) => new element.TypedArray(buffer, byteOffset, length)
			: (buffer: ArrayBufferLike, byteOffset: number) =>
					Object.freeze(
						Array.from({ length }, (_, i) => element.access(buffer, byteOffset + i * byteLength)),
					);
	return new ViewType(byteLength * length, alignment, `${signature}[${length}]`, viewOf);
}
