import { Pool, type PoolOptions } from "ebbpool";
import { ByteBuffer, retain } from "ebbpool/bytes";

type Policy = PoolOptions<ByteBuffer> & { readonly new: () => ByteBuffer };

const policies: Record<string, Policy> = {
	"as it comes": { new: () => new ByteBuffer(), reset: (buffer) => buffer.reset() },
	"expected capacity": { new: () => new ByteBuffer(1024), reset: (buffer) => buffer.reset() },
	"don't return large": { new: () => new ByteBuffer(), ...retain.upTo(512) },
	compress: { new: () => new ByteBuffer(), ...retain.shrink(3) },
};

/** Bytes that one user after the other writes. */
const uses = [100, 10_000, 100, 100];

console.log(`capacity before and after writing ${uses.join(", ")} bytes`);
for (const [name, policy] of Object.entries(policies)) {
	const pool = new Pool(policy);
	const seen = uses.map((bytes) =>
		pool.use((buffer) => {
			const before = buffer.capacity;
			buffer.write(new Uint8Array(bytes));
			return `${before} → ${buffer.capacity}`.padStart(15);
		}),
	);
	console.log(name.padEnd(18), ...seen);
}
