import { assert } from "chai";
import { ByteBuffer } from "ebbpool/bytes";
import { expectCode } from "../../contract/support/expect.ts";
import { decodeUvarint, encodeUvarint, type NumberFormat, unzigzag, zigzag } from "./reference.ts";
import { SpoilingPool } from "./spoiling-pool.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

type Methods = Record<string, (value?: number | bigint) => number | bigint>;

/** A buffer and an array that should hold the same; each step does the same to both. */
export class CheckedBuffer {
	readonly pool: SpoilingPool | undefined;
	readonly buffer: ByteBuffer;
	held: number[] = [];
	#peak = 0;

	constructor(pooled: boolean, capacity: number) {
		this.pool = pooled ? new SpoilingPool() : undefined;
		this.buffer = new ByteBuffer({ capacity, pool: this.pool });
		this.check();
	}

	check(): void {
		const { buffer, held } = this;
		this.#peak = Math.max(this.#peak, held.length);
		assert.strictEqual(buffer.length, held.length);
		assert.strictEqual(buffer.highWater, this.#peak);
		assert.isTrue(
			buffer.bytes().every((byte, i) => byte === held[i]),
			"holds what it should",
		);
		assert.isAtMost(buffer.length, buffer.capacity);
		assert.isAtMost(buffer.available, buffer.capacity - buffer.length);
		if (this.pool) assert.strictEqual(this.pool.out.size, buffer.capacity === 0 ? 0 : 1);
	}

	/** Does what may grow the storage; what is in use is at least doubled then. */
	#growing(bytes: readonly number[], write: () => void): void {
		const { capacity } = this.buffer;
		write();
		this.held.push(...bytes);
		if (this.buffer.capacity === capacity) return;
		assert.isAtLeast(this.buffer.capacity, Math.max(64, 2 * capacity));
	}

	write(bytes: Uint8Array): void {
		this.#growing([...bytes], () => assert.strictEqual(this.buffer.write(bytes), bytes.length));
	}

	writeSelf(): void {
		this.#growing([...this.held], () => this.buffer.write(this.buffer.bytes()));
	}

	writeString(text: string): void {
		const bytes = encoder.encode(text);
		this.#growing([...bytes], () => assert.strictEqual(this.buffer.writeString(text), bytes.length));
	}

	writeByte(value: number): void {
		this.#growing([value], () => this.buffer.writeByte(value));
	}

	writeNumber(format: NumberFormat, value: number | bigint): void {
		this.#growing(format.encode(value), () => {
			(this.buffer as unknown as Methods)[`write${format.name}`]?.call(this.buffer, value);
		});
	}

	/** Writes with the method for bigints, and for small ones at random with the one for numbers. */
	writeVarint(signed: boolean, value: bigint, asNumber: boolean): void {
		const { buffer } = this;
		this.#growing(encodeUvarint(signed ? zigzag(value) : value), () => {
			if (asNumber && Number.isSafeInteger(Number(value))) {
				if (signed) buffer.writeVarint(Number(value));
				else buffer.writeUvarint(Number(value));
			} else if (signed) buffer.writeBigVarint(value);
			else buffer.writeBigUvarint(value);
		});
	}

	#read<R>(length: number, expected: R, read: () => R): void {
		if (length > this.held.length) expectCode("ERR_POOL_RANGE", read);
		else {
			assert.deepEqual(read(), expected);
			this.held.splice(0, length);
		}
	}

	readByte(): void {
		this.#read(1, this.held[0], () => this.buffer.readByte());
	}

	readNumber(format: NumberFormat): void {
		const { name, size } = format;
		const expected = size <= this.held.length ? format.decode(this.held.slice(0, size)) : undefined;
		this.#read(size, expected, () => (this.buffer as unknown as Methods)[`read${name}`]?.call(this.buffer));
	}

	readVarint(signed: boolean, asNumber: boolean): void {
		const { buffer } = this;
		const read = () => {
			if (asNumber) return signed ? buffer.readVarint() : buffer.readUvarint();
			return signed ? buffer.readBigVarint() : buffer.readBigUvarint();
		};
		const decoded = decodeUvarint(this.held);
		const value = decoded && (signed ? unzigzag(decoded.value) : decoded.value);
		const readable = value !== undefined && (!asNumber || Number.isSafeInteger(Number(value)));
		const length = readable ? (decoded?.length ?? 0) : Number.POSITIVE_INFINITY;
		this.#read<number | bigint | undefined>(length, asNumber ? Number(value) : value, read);
	}

	readString(length: number): void {
		const expected = decoder.decode(Uint8Array.from(this.held.slice(0, length)));
		this.#read(length, expected, () => this.buffer.readString(length));
	}

	next(n: number): void {
		const expected = this.held.splice(0, n);
		assert.deepEqual([...this.buffer.next(n)], expected);
	}

	read(n: number): void {
		const target = new Uint8Array(n).fill(0xcc);
		const expected = this.held.splice(0, n);
		assert.strictEqual(this.buffer.read(target), expected.length);
		assert.deepEqual([...target], [...expected, ...new Array<number>(n - expected.length).fill(0xcc)]);
	}

	readUntil(delimiter: number): void {
		const at = this.held.indexOf(delimiter);
		const line = this.buffer.readUntil(delimiter);
		assert.deepEqual(line && [...line], at < 0 ? undefined : this.held.splice(0, at + 1));
	}

	toText(): void {
		assert.strictEqual(this.buffer.toString(), decoder.decode(Uint8Array.from(this.held)));
	}

	truncate(n: number): void {
		if (n > this.held.length) expectCode("ERR_POOL_RANGE", () => this.buffer.truncate(n));
		else {
			this.buffer.truncate(n);
			this.held.length = n;
		}
	}

	reset(): void {
		const { capacity } = this.buffer;
		this.buffer.reset();
		assert.strictEqual(this.buffer.capacity, capacity);
		this.held = [];
		this.#peak = 0;
	}

	grow(n: number): void {
		this.#growing([], () => this.buffer.grow(n));
		assert.isAtLeast(this.buffer.available, n);
	}

	shrink(capacity: number): void {
		const before = this.buffer.capacity;
		this.buffer.shrink(capacity);
		const needed = Math.max(capacity, this.held.length);
		const granted = this.pool ? Math.ceil(needed / 16) * 16 : needed;
		assert.strictEqual(this.buffer.capacity, Math.min(before, granted));
	}

	release(): void {
		this.buffer.release();
		assert.strictEqual(this.buffer.capacity, 0);
		this.held = [];
		this.#peak = 0;
	}
}
