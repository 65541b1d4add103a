import { ByteRegion } from "./byte-region.ts";
import { expectBigInt64, expectBigUint64, expectInteger, expectNumber } from "./expect.ts";
import { getUvarint, join, putUvarint, register, upperHalf, uvarintLength } from "./varint.ts";

/**
 * Numbers in and out. A value of the wrong type is `ERR_POOL_ARGUMENT`, one that does not fit `ERR_POOL_RANGE`: nothing is
 * written. Reading more than is held is `ERR_POOL_RANGE`: nothing is consumed. LE and BE are little- and big-endian.
 */
export abstract class NumericBuffer extends ByteRegion {
	/** Appends an integer from 0 to 255. */
	writeByte(value: number): void {
		expectInteger(value, 0, 0xff);
		const at = this.append(1);
		this.storage[at] = value;
	}

	readByte(): number {
		return this.view.getUint8(this.consume(1));
	}

	writeInt8(value: number): void {
		expectInteger(value, -0x80, 0x7f);
		const at = this.append(1);
		this.view.setInt8(at, value);
	}

	readInt8(): number {
		return this.view.getInt8(this.consume(1));
	}

	writeUint16LE(value: number): void {
		expectInteger(value, 0, 0xffff);
		const at = this.append(2);
		this.view.setUint16(at, value, true);
	}

	readUint16LE(): number {
		return this.view.getUint16(this.consume(2), true);
	}

	writeUint16BE(value: number): void {
		expectInteger(value, 0, 0xffff);
		const at = this.append(2);
		this.view.setUint16(at, value);
	}

	readUint16BE(): number {
		return this.view.getUint16(this.consume(2));
	}

	writeInt16LE(value: number): void {
		expectInteger(value, -0x8000, 0x7fff);
		const at = this.append(2);
		this.view.setInt16(at, value, true);
	}

	readInt16LE(): number {
		return this.view.getInt16(this.consume(2), true);
	}

	writeInt16BE(value: number): void {
		expectInteger(value, -0x8000, 0x7fff);
		const at = this.append(2);
		this.view.setInt16(at, value);
	}

	readInt16BE(): number {
		return this.view.getInt16(this.consume(2));
	}

	writeUint32LE(value: number): void {
		expectInteger(value, 0, 0xffff_ffff);
		const at = this.append(4);
		this.view.setUint32(at, value, true);
	}

	readUint32LE(): number {
		return this.view.getUint32(this.consume(4), true);
	}

	writeUint32BE(value: number): void {
		expectInteger(value, 0, 0xffff_ffff);
		const at = this.append(4);
		this.view.setUint32(at, value);
	}

	readUint32BE(): number {
		return this.view.getUint32(this.consume(4));
	}

	writeInt32LE(value: number): void {
		expectInteger(value, -0x8000_0000, 0x7fff_ffff);
		const at = this.append(4);
		this.view.setInt32(at, value, true);
	}

	readInt32LE(): number {
		return this.view.getInt32(this.consume(4), true);
	}

	writeInt32BE(value: number): void {
		expectInteger(value, -0x8000_0000, 0x7fff_ffff);
		const at = this.append(4);
		this.view.setInt32(at, value);
	}

	readInt32BE(): number {
		return this.view.getInt32(this.consume(4));
	}

	writeBigUint64LE(value: bigint): void {
		expectBigUint64(value);
		const at = this.append(8);
		this.view.setBigUint64(at, value, true);
	}

	readBigUint64LE(): bigint {
		return this.view.getBigUint64(this.consume(8), true);
	}

	writeBigUint64BE(value: bigint): void {
		expectBigUint64(value);
		const at = this.append(8);
		this.view.setBigUint64(at, value);
	}

	readBigUint64BE(): bigint {
		return this.view.getBigUint64(this.consume(8));
	}

	writeBigInt64LE(value: bigint): void {
		expectBigInt64(value);
		const at = this.append(8);
		this.view.setBigInt64(at, value, true);
	}

	readBigInt64LE(): bigint {
		return this.view.getBigInt64(this.consume(8), true);
	}

	writeBigInt64BE(value: bigint): void {
		expectBigInt64(value);
		const at = this.append(8);
		this.view.setBigInt64(at, value);
	}

	readBigInt64BE(): bigint {
		return this.view.getBigInt64(this.consume(8));
	}

	writeFloat32LE(value: number): void {
		expectNumber(value);
		const at = this.append(4);
		this.view.setFloat32(at, value, true);
	}

	readFloat32LE(): number {
		return this.view.getFloat32(this.consume(4), true);
	}

	writeFloat32BE(value: number): void {
		expectNumber(value);
		const at = this.append(4);
		this.view.setFloat32(at, value);
	}

	readFloat32BE(): number {
		return this.view.getFloat32(this.consume(4));
	}

	writeFloat64LE(value: number): void {
		expectNumber(value);
		const at = this.append(8);
		this.view.setFloat64(at, value, true);
	}

	readFloat64LE(): number {
		return this.view.getFloat64(this.consume(8), true);
	}

	writeFloat64BE(value: number): void {
		expectNumber(value);
		const at = this.append(8);
		this.view.setFloat64(at, value);
	}

	readFloat64BE(): number {
		return this.view.getFloat64(this.consume(8));
	}

	/** Appends an integer from 0 to `Number.MAX_SAFE_INTEGER` in 1 to 8 bytes, unsigned LEB128. */
	writeUvarint(value: number): void {
		expectInteger(value, 0);
		this.appendUvarint(value >>> 0, upperHalf(value));
	}

	/** Reads an unsigned LEB128. `ERR_POOL_RANGE` above `Number.MAX_SAFE_INTEGER`: `readBigUvarint` can. */
	readUvarint(): number {
		const length = this.peekUvarint();
		return this.consumeSafe(length, join(register.getUint32(0, true), register.getUint32(4, true)));
	}

	/**
	 * Appends a safe integer in 1 to 8 bytes, zigzag LEB128: negative numbers near zero are short too. It is Go's
	 * `PutVarint` and the `sint64` of Protocol Buffers.
	 */
	writeVarint(value: number): void {
		expectInteger(value, Number.MIN_SAFE_INTEGER);
		this.appendZigzag(value >>> 0, upperHalf(value));
	}

	/** Reads a zigzag LEB128. `ERR_POOL_RANGE` if it is no safe integer: `readBigVarint` can. */
	readVarint(): number {
		const length = this.peekZigzag();
		return this.consumeSafe(length, join(register.getUint32(0, true), register.getInt32(4, true)));
	}

	/** Appends an unsigned 64-bit bigint in 1 to 10 bytes, unsigned LEB128. */
	writeBigUvarint(value: bigint): void {
		expectBigUint64(value);
		register.setBigUint64(0, value, true);
		this.appendUvarint(register.getUint32(0, true), register.getUint32(4, true));
	}

	readBigUvarint(): bigint {
		this.consume(this.peekUvarint());
		return register.getBigUint64(0, true);
	}

	/** Appends a signed 64-bit bigint in 1 to 10 bytes, zigzag LEB128. */
	writeBigVarint(value: bigint): void {
		expectBigInt64(value);
		register.setBigInt64(0, value, true);
		this.appendZigzag(register.getUint32(0, true), register.getUint32(4, true));
	}

	readBigVarint(): bigint {
		this.consume(this.peekZigzag());
		return register.getBigInt64(0, true);
	}

	private appendUvarint(low: number, high: number): void {
		const at = this.append(uvarintLength(low, high));
		putUvarint(this.storage, at, low, high);
	}

	/** Doubles the value, and inverts it if it is negative: the sign is the lowest bit then. */
	private appendZigzag(low: number, high: number): void {
		const sign = high >> 31;
		this.appendUvarint(((low << 1) ^ sign) >>> 0, (((high << 1) | (low >>> 31)) ^ sign) >>> 0);
	}

	/** Decodes the next varint into the register, without consuming it; returns its length. */
	private peekUvarint(): number {
		const length = getUvarint(this.storage, this.start, this.end);
		if (length === 0) throw this.underflow(this.length + 1);
		return length;
	}

	private peekZigzag(): number {
		const length = this.peekUvarint();
		const low = register.getUint32(0, true);
		const high = register.getUint32(4, true);
		const sign = -(low & 1);
		register.setInt32(0, ((low >>> 1) | (high << 31)) ^ sign, true);
		register.setInt32(4, (high >>> 1) ^ sign, true);
		return length;
	}

	private consumeSafe(length: number, value: number): number {
		expectInteger(value, Number.MIN_SAFE_INTEGER);
		this.consume(length);
		return value;
	}
}
