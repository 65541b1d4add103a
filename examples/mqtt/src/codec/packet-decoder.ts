import { ByteBuffer } from "ebbpool/bytes";
import { decodeBody } from "./decode-body.ts";
import { MalformedPacketError } from "./malformed-packet-error.ts";
import type { Packet } from "./packet.ts";
import { PacketBody } from "./packet-body.ts";

/** The length of a packet takes one to four bytes of seven bits. */
const LAST_LENGTH_SHIFT = 21;

/**
 * Cuts a stream of bytes into packets, however the stream is cut into chunks. Payloads, passwords and wills are views of
 * its buffer: **valid until the next `push`**; `slice()` them to keep them.
 *
 * After a `MalformedPacketError` it must be reset, as the position of the next packet is unknown.
 */
export class PacketDecoder {
	readonly #input = new ByteBuffer();
	readonly #body = new PacketBody(this.#input);
	/** The first byte of the packet under way. */
	#first: number | undefined;
	#length = 0;
	#lengthShift = 0;
	#lengthKnown = false;

	push(chunk: Uint8Array): void {
		this.#input.write(chunk);
	}

	/** The next packet, or `undefined` if it has not arrived completely. */
	next(): Packet | undefined {
		if (!this.#readHeader() || this.#input.length < this.#length) return undefined;
		const first = this.#first as number;
		const body = this.#body;
		body.begin(this.#length);
		this.#beginHeader();
		const packet = decodeBody(body, first >> 4, first & 0xf);
		if (body.left > 0)
			throw new MalformedPacketError(`${packet.cmd}: expected its end, got ${body.left} bytes`);
		return packet;
	}

	/** Forgets what it holds of a packet and keeps its storage, for another connection. */
	reset(): void {
		this.#input.reset();
		this.#beginHeader();
	}

	/** Returns whether the header has arrived. */
	#readHeader(): boolean {
		const input = this.#input;
		if (this.#first === undefined) {
			if (input.length === 0) return false;
			this.#first = input.readByte();
		}
		while (!this.#lengthKnown) {
			if (input.length === 0) return false;
			const byte = input.readByte();
			this.#length |= (byte & 0x7f) << this.#lengthShift;
			this.#lengthKnown = byte < 0x80;
			if (!this.#lengthKnown && this.#lengthShift === LAST_LENGTH_SHIFT) {
				throw new MalformedPacketError("expected a length of at most four bytes, got more");
			}
			this.#lengthShift += 7;
		}
		return true;
	}

	#beginHeader(): void {
		this.#first = undefined;
		this.#length = 0;
		this.#lengthShift = 0;
		this.#lengthKnown = false;
	}
}
