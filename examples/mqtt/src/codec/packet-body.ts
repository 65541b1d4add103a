import type { ByteBuffer } from "ebbpool/bytes";
import { MalformedPacketError } from "./malformed-packet-error.ts";

/** The bytes of one packet after its header, read from the buffer that they arrived in and no further. */
export class PacketBody {
	readonly #input: ByteBuffer;
	/** How much the input holds once this packet is read. */
	#after = 0;

	constructor(input: ByteBuffer) {
		this.#input = input;
	}

	/** Begins the packet of which the next `length` bytes are. */
	begin(length: number): void {
		this.#after = this.#input.length - length;
	}

	get left(): number {
		return this.#input.length - this.#after;
	}

	byte(): number {
		this.#expect(1);
		return this.#input.readByte();
	}

	uint16(): number {
		this.#expect(2);
		return this.#input.readUint16BE();
	}

	messageId(): number {
		const id = this.uint16();
		if (id === 0) throw new MalformedPacketError("expected a message id from 1 to 65535, got 0");
		return id;
	}

	text(): string {
		const length = this.uint16();
		this.#expect(length);
		return this.#input.readString(length);
	}

	/** A view of the input's storage. */
	binary(): Uint8Array {
		const length = this.uint16();
		this.#expect(length);
		return this.#input.next(length);
	}

	/** A view of the input's storage. */
	rest(): Uint8Array {
		return this.#input.next(this.left);
	}

	#expect(length: number): void {
		if (length > this.left) {
			throw new MalformedPacketError(`expected ${length} more bytes in the packet, got ${this.left}`);
		}
	}
}
