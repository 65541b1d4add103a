/** Gives access to the members of a struct in a slot; what `struct()` makes is one. */
export interface SlotLayout<Fields extends object> {
	/** Length of one struct, in bytes. */
	readonly byteLength: number;
	/** The same for two layouts if they mean the same bytes. */
	readonly signature: string;
	createFields(buffer: SharedArrayBuffer, byteOffset: number): Fields;
}
