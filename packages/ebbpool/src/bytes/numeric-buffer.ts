import { ByteRegion } from "./byte-region.ts";
import { expectBigInt64, expectBigUint64, expectInteger, expectNumber } from "./expect-number.ts";
import { getUvarint, join, putUvarint, register, upperHalf, uvarintLength } from "./varint.ts";

/**
 * Numbers in and out. A value of the wrong type is `ERR_POOL_ARGUMENT`, one that does not fit `ERR_POOL_RANGE`: nothing is
 * written. Reading more than is held is `ERR_POOL_RANGE`: nothing is consumed. LE and BE are little- and big-endian.
 */
export abstract class NumericBuffer extends ByteRegion {
	/** Appends an integer from 0 to 255. */
	writeByte(value: number): void {
		expectInteger("writeByte", value, 0, 0xff);
		const at = this.room(1, "writeByte");
		this.storage[at] = value;
		this.end += 1;
	}

	readByte(): number {
		const value = this.view.getUint8(this.peek(1, "readByte"));
		this.start += 1;
		return value;
	}

	writeInt8(value: number): void {
		expectInteger("writeInt8", value, -0x80, 0x7f);
		const at = this.room(1, "writeInt8");
		this.view.setInt8(at, value);
		this.end += 1;
	}

	readInt8(): number {
		const value = this.view.getInt8(this.peek(1, "readInt8"));
		this.start += 1;
		return value;
	}

	writeUint16LE(value: number): void {
		expectInteger("writeUint16LE", value, 0, 0xffff);
		const at = this.room(2, "writeUint16LE");
		this.view.setUint16(at, value, true);
		this.end += 2;
	}

	readUint16LE(): number {
		const value = this.view.getUint16(this.peek(2, "readUint16LE"), true);
		this.start += 2;
		return value;
	}

	writeUint16BE(value: number): void {
		expectInteger("writeUint16BE", value, 0, 0xffff);
		const at = this.room(2, "writeUint16BE");
		this.view.setUint16(at, value);
		this.end += 2;
	}

	readUint16BE(): number {
		const value = this.view.getUint16(this.peek(2, "readUint16BE"));
		this.start += 2;
		return value;
	}

	writeInt16LE(value: number): void {
		expectInteger("writeInt16LE", value, -0x8000, 0x7fff);
		const at = this.room(2, "writeInt16LE");
		this.view.setInt16(at, value, true);
		this.end += 2;
	}

	readInt16LE(): number {
		const value = this.view.getInt16(this.peek(2, "readInt16LE"), true);
		this.start += 2;
		return value;
	}

	writeInt16BE(value: number): void {
		expectInteger("writeInt16BE", value, -0x8000, 0x7fff);
		const at = this.room(2, "writeInt16BE");
		this.view.setInt16(at, value);
		this.end += 2;
	}

	readInt16BE(): number {
		const value = this.view.getInt16(this.peek(2, "readInt16BE"));
		this.start += 2;
		return value;
	}

	writeUint32LE(value: number): void {
		expectInteger("writeUint32LE", value, 0, 0xffff_ffff);
		const at = this.room(4, "writeUint32LE");
		this.view.setUint32(at, value, true);
		this.end += 4;
	}

	readUint32LE(): number {
		const value = this.view.getUint32(this.peek(4, "readUint32LE"), true);
		this.start += 4;
		return value;
	}

	writeUint32BE(value: number): void {
		expectInteger("writeUint32BE", value, 0, 0xffff_ffff);
		const at = this.room(4, "writeUint32BE");
		this.view.setUint32(at, value);
		this.end += 4;
	}

	readUint32BE(): number {
		const value = this.view.getUint32(this.peek(4, "readUint32BE"));
		this.start += 4;
		return value;
	}

	writeInt32LE(value: number): void {
		expectInteger("writeInt32LE", value, -0x8000_0000, 0x7fff_ffff);
		const at = this.room(4, "writeInt32LE");
		this.view.setInt32(at, value, true);
		this.end += 4;
	}

	readInt32LE(): number {
		const value = this.view.getInt32(this.peek(4, "readInt32LE"), true);
		this.start += 4;
		return value;
	}

	writeInt32BE(value: number): void {
		expectInteger("writeInt32BE", value, -0x8000_0000, 0x7fff_ffff);
		const at = this.room(4, "writeInt32BE");
		this.view.setInt32(at, value);
		this.end += 4;
	}

	readInt32BE(): number {
		const value = this.view.getInt32(this.peek(4, "readInt32BE"));
		this.start += 4;
		return value;
	}

	writeBigUint64LE(value: bigint): void {
		expectBigUint64("writeBigUint64LE", value);
		const at = this.room(8, "writeBigUint64LE");
		this.view.setBigUint64(at, value, true);
		this.end += 8;
	}

	readBigUint64LE(): bigint {
		const value = this.view.getBigUint64(this.peek(8, "readBigUint64LE"), true);
		this.start += 8;
		return value;
	}

	writeBigUint64BE(value: bigint): void {
		expectBigUint64("writeBigUint64BE", value);
		const at = this.room(8, "writeBigUint64BE");
		this.view.setBigUint64(at, value);
		this.end += 8;
	}

	readBigUint64BE(): bigint {
		const value = this.view.getBigUint64(this.peek(8, "readBigUint64BE"));
		this.start += 8;
		return value;
	}

	writeBigInt64LE(value: bigint): void {
		expectBigInt64("writeBigInt64LE", value);
		const at = this.room(8, "writeBigInt64LE");
		this.view.setBigInt64(at, value, true);
		this.end += 8;
	}

	readBigInt64LE(): bigint {
		const value = this.view.getBigInt64(this.peek(8, "readBigInt64LE"), true);
		this.start += 8;
		return value;
	}

	writeBigInt64BE(value: bigint): void {
		expectBigInt64("writeBigInt64BE", value);
		const at = this.room(8, "writeBigInt64BE");
		this.view.setBigInt64(at, value);
		this.end += 8;
	}

	readBigInt64BE(): bigint {
		const value = this.view.getBigInt64(this.peek(8, "readBigInt64BE"));
		this.start += 8;
		return value;
	}

	writeFloat32LE(value: number): void {
		expectNumber("writeFloat32LE", value);
		const at = this.room(4, "writeFloat32LE");
		this.view.setFloat32(at, value, true);
		this.end += 4;
	}

	readFloat32LE(): number {
		const value = this.view.getFloat32(this.peek(4, "readFloat32LE"), true);
		this.start += 4;
		return value;
	}

	writeFloat32BE(value: number): void {
		expectNumber("writeFloat32BE", value);
		const at = this.room(4, "writeFloat32BE");
		this.view.setFloat32(at, value);
		this.end += 4;
	}

	readFloat32BE(): number {
		const value = this.view.getFloat32(this.peek(4, "readFloat32BE"));
		this.start += 4;
		return value;
	}

	writeFloat64LE(value: number): void {
		expectNumber("writeFloat64LE", value);
		const at = this.room(8, "writeFloat64LE");
		this.view.setFloat64(at, value, true);
		this.end += 8;
	}

	readFloat64LE(): number {
		const value = this.view.getFloat64(this.peek(8, "readFloat64LE"), true);
		this.start += 8;
		return value;
	}

	writeFloat64BE(value: number): void {
		expectNumber("writeFloat64BE", value);
		const at = this.room(8, "writeFloat64BE");
		this.view.setFloat64(at, value);
		this.end += 8;
	}

	readFloat64BE(): number {
		const value = this.view.getFloat64(this.peek(8, "readFloat64BE"));
		this.start += 8;
		return value;
	}

	/** Appends an integer from 0 to `Number.MAX_SAFE_INTEGER` in 1 to 8 bytes, unsigned LEB128. */
	writeUvarint(value: number): void {
		expectInteger("writeUvarint", value, 0);
		this.appendUvarint(value >>> 0, upperHalf(value), "writeUvarint");
	}

	/** Reads an unsigned LEB128. `ERR_POOL_RANGE` above `Number.MAX_SAFE_INTEGER`: `readBigUvarint` can. */
	readUvarint(): number {
		const end = this.peekUvarint("readUvarint");
		const value = join(register.getUint32(0, true), register.getUint32(4, true));
		expectInteger("readUvarint", value, 0);
		this.start = end;
		return value;
	}

	/**
	 * Appends a safe integer in 1 to 8 bytes, zigzag LEB128: negative numbers near zero are short too. It is Go's
	 * `PutVarint` and the `sint64` of Protocol Buffers.
	 */
	writeVarint(value: number): void {
		expectInteger("writeVarint", value, Number.MIN_SAFE_INTEGER);
		this.appendZigzag(value >>> 0, upperHalf(value), "writeVarint");
	}

	/** Reads a zigzag LEB128. `ERR_POOL_RANGE` if it is no safe integer: `readBigVarint` can. */
	readVarint(): number {
		const end = this.peekZigzag("readVarint");
		const value = join(register.getUint32(0, true), register.getInt32(4, true));
		expectInteger("readVarint", value, Number.MIN_SAFE_INTEGER);
		this.start = end;
		return value;
	}

	/** Appends an unsigned 64-bit bigint in 1 to 10 bytes, unsigned LEB128. */
	writeBigUvarint(value: bigint): void {
		expectBigUint64("writeBigUvarint", value);
		register.setBigUint64(0, value, true);
		this.appendUvarint(register.getUint32(0, true), register.getUint32(4, true), "writeBigUvarint");
	}

	readBigUvarint(): bigint {
		const end = this.peekUvarint("readBigUvarint");
		const value = register.getBigUint64(0, true);
		this.start = end;
		return value;
	}

	/** Appends a signed 64-bit bigint in 1 to 10 bytes, zigzag LEB128. */
	writeBigVarint(value: bigint): void {
		expectBigInt64("writeBigVarint", value);
		register.setBigInt64(0, value, true);
		this.appendZigzag(register.getUint32(0, true), register.getUint32(4, true), "writeBigVarint");
	}

	readBigVarint(): bigint {
		const end = this.peekZigzag("readBigVarint");
		const value = register.getBigInt64(0, true);
		this.start = end;
		return value;
	}

	private appendUvarint(low: number, high: number, method: string): void {
		const length = uvarintLength(low, high);
		const at = this.room(length, method);
		putUvarint(this.storage, at, low, high);
		this.end = at + length;
	}

	/** Doubles the value, and inverts it if it is negative: the sign is the lowest bit then. */
	private appendZigzag(low: number, high: number, method: string): void {
		const sign = high >> 31;
		this.appendUvarint(((low << 1) ^ sign) >>> 0, (((high << 1) | (low >>> 31)) ^ sign) >>> 0, method);
	}

	/** Decodes the next varint into the register, without consuming it; returns where it ends. */
	private peekUvarint(method: string): number {
		const length = getUvarint(this.storage, this.start, this.end, method);
		// If not all of it is there, this throws.
		return this.peek(length || this.length + 1, method) + length;
	}

	private peekZigzag(method: string): number {
		const end = this.peekUvarint(method);
		const low = register.getUint32(0, true);
		const high = register.getUint32(4, true);
		const sign = -(low & 1);
		register.setInt32(0, ((low >>> 1) | (high << 31)) ^ sign, true);
		register.setInt32(4, (high >>> 1) ^ sign, true);
		return end;
	}
}
