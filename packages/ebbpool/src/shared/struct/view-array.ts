import { ViewType } from "./field-type.ts";

/** Structs or arrays one after the other, as a frozen array of the objects that give access to them. */
export class ViewArrayType<T extends object> extends ViewType<readonly T[]> {
	readonly byteLength: number;
	readonly alignment: number;
	readonly signature: string;
	readonly #element: ViewType<T>;
	readonly #length: number;

	constructor(element: ViewType<T>, length: number) {
		super();
		this.#element = element;
		this.#length = length;
		this.alignment = element.alignment;
		this.byteLength = element.byteLength * length;
		this.signature = `${element.signature}[${length}]`;
	}

	viewOf(buffer: ArrayBufferLike, byteOffset: number): readonly T[] {
		const element = this.#element;
		return Object.freeze(
			Array.from({ length: this.#length }, (_, i) =>
				element.viewOf(buffer, byteOffset + i * element.byteLength),
			),
		);
	}
}
