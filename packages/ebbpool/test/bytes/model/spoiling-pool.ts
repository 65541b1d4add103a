import { assert } from "chai";
import type { StorageSource } from "ebbpool/bytes";

/** A pool whose arrays hold rubbish when they come, and are overwritten as soon as they are back. */
export class SpoilingPool implements StorageSource {
	readonly out = new Set<Uint8Array>();

	get(minLength: number): Uint8Array<ArrayBuffer> {
		const storage = new Uint8Array(Math.ceil(minLength / 16) * 16).fill(0xdd);
		this.out.add(storage);
		return storage;
	}

	put(storage: Uint8Array<ArrayBuffer>): void {
		assert.isTrue(this.out.delete(storage), "an array that is put was out");
		storage.fill(0xee);
	}
}
