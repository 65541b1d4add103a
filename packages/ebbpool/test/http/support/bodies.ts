import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";

/** What fills a buffer that came back: whoever still reads it gets this. */
const POISON = 0xee;

/** Buffers that are poisoned when they come back, and counted. */
export function poisonedBuffers(): Pool<ByteBuffer> {
	return new Pool({
		new: () => new ByteBuffer(2048),
		reset(buffer) {
			const { capacity } = buffer;
			buffer.reset();
			buffer.write(new Uint8Array(capacity).fill(POISON));
			buffer.reset();
		},
		stats: true,
	});
}

/** How many buffers were got and have not come back. */
export function out({ gets = 0, puts = 0, discarded }: ReturnType<Pool<ByteBuffer>["stats"]>): number {
	return gets - puts - discarded;
}

/** Small answers are the most common. */
const SIZES = [2_000, 170, 64_000, 2_000, 900, 2_000, 256_000, 11];

/** The body of answer number n: no two neighbours are alike in any line. */
export function bodyOf(n: number): string {
	const size = SIZES[n % SIZES.length] as number;
	const line = `answer ${n}, `;
	return line.repeat(Math.ceil(size / line.length)).slice(0, size);
}

/** Builds answer number n in a buffer of the pool. */
export function build(buffers: Pool<ByteBuffer>, n: number): ByteBuffer {
	const buffer = buffers.get();
	buffer.writeString(bodyOf(n));
	return buffer;
}
