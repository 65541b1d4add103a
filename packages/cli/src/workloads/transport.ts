import type { Transferable as Moved } from "node:worker_threads";
import { SharedPool, type SharedPoolHandle } from "ebbpool/shared";

/** A frame's memory, in one thread. */
export interface Frame {
	readonly bytes: Uint8Array;
}

/** How frames get from one thread to another. */
export interface Transport {
	/** Memory for a new frame, with any bytes in it. */
	make(): Frame;
	/** Spends a frame: what to post, and what to move along with it. */
	pack(frame: Frame): readonly [message: unknown, moved?: readonly Moved[]];
	unpack(message: unknown): Frame;
	/** The frame is not needed any more. */
	drop(frame: Frame): void;
}

/** Which transport, and what a worker needs to take part in it; structured clone can carry it. */
export type TransportChoice =
	| { readonly kind: "clone"; readonly byteLength: number }
	| { readonly kind: "transfer"; readonly byteLength: number }
	| { readonly kind: "shared"; readonly handle: SharedPoolHandle };

const wrap = (bytes: unknown): Frame => ({ bytes: bytes as Uint8Array });

/** Every message is a copy, so that one buffer serves for all that are sent. */
function cloned(byteLength: number): Transport {
	const frame = wrap(new Uint8Array(byteLength));
	return { make: () => frame, pack: ({ bytes }) => [bytes], unpack: wrap, drop() {} };
}

/** The memory moves to the receiver, so that every new frame is a new buffer. */
function transferred(byteLength: number): Transport {
	return {
		make: () => wrap(new Uint8Array(byteLength)),
		pack: ({ bytes }) => [bytes, [bytes.buffer as ArrayBuffer]],
		unpack: wrap,
		drop() {},
	};
}

/** The memory moves to the receiver and back, and is used again. */
export function recycled(byteLength: number): Transport {
	const idle: Frame[] = [];
	return {
		...transferred(byteLength),
		make: () => idle.pop() ?? wrap(new Uint8Array(byteLength)),
		drop: (frame) => void idle.push(frame),
	};
}

type Block = ReturnType<SharedPool["get"]>;

/** The memory stays where all threads see it, and the message is a number. */
export function shared(pool: SharedPool): Transport {
	return {
		make: () => pool.get(),
		pack: (block) => [pool.give(block as Block)],
		unpack: (message) => pool.adopt(message as number),
		drop: (block) => pool.put(block as Block),
	};
}

export function openTransport(choice: TransportChoice): Transport {
	switch (choice.kind) {
		case "clone":
			return cloned(choice.byteLength);
		case "transfer":
			return transferred(choice.byteLength);
		case "shared":
			return shared(SharedPool.attach(choice.handle));
	}
}
