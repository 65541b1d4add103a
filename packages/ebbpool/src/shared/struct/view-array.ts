import { ViewType } from "./field-type.ts";

/** Structs or arrays one after the other, as a frozen array of the objects that give access to them. */
export function viewArray<T extends object>(element: ViewType<T>, length: number): ViewType<readonly T[]> {
	const { byteLength, alignment, signature } = element;
	return new ViewType(byteLength * length, alignment, `${signature}[${length}]`, (buffer, byteOffset) =>
		Object.freeze(Array.from({ length }, (_, i) => element.viewOf(buffer, byteOffset + i * byteLength))),
	);
}
