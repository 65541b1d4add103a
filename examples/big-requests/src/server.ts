import { Pool } from "ebbpool";
import { BufferPool, ByteBuffer, retain } from "ebbpool/bytes";

/** One way of pooling the buffers of a server, told apart by what it does with a large one. */
export interface Server {
	readonly name: string;
	/** Small requests that the policy may need, by its documentation, before it lets go of a large buffer in use. */
	readonly puts: number;
	/** Begins a request; the function returned ends it. */
	begin(body: Uint8Array): () => void;
	/** How many buffers lie in the pool. */
	pooled(): number;
}

function onPool(name: string, puts: number, pool: Pool<ByteBuffer>): Server {
	return {
		name,
		puts,
		begin(body) {
			const buffer = pool.get();
			buffer.write(body);
			return () => pool.put(buffer);
		},
		pooled: () => pool.stats().local + pool.stats().victim,
	};
}

function onBufferPool(): Server {
	const pool = new BufferPool({ maxLength: 2 ** 28 });
	return {
		name: "BufferPool",
		puts: 0,
		begin(body) {
			const array = pool.get(body.length);
			array.set(body);
			return () => pool.put(array);
		},
		pooled: () => pool.stats().classes.reduce((sum, { local, victim }) => sum + local + victim, 0),
	};
}

const STRIKES = 4;
const INTERVAL = 42_000;

const first = { new: () => new ByteBuffer(1024) };

export function servers(): Server[] {
	return [
		onPool("keep everything", 0, new Pool({ ...first, reset: (buffer) => buffer.reset() })),
		onBufferPool(),
		onPool("retain.upTo", 0, new Pool({ ...first, ...retain.upTo(64 * 1024) })),
		onPool("retain.shrink", 1, new Pool({ ...first, ...retain.shrink(3) })),
		onPool("retain.used", STRIKES + 1, new Pool(retain.used({ strikes: STRIKES }))),
		onPool("retain.calibrated", INTERVAL, new Pool(retain.calibrated({ interval: INTERVAL }))),
	];
}
