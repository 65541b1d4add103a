import * as fs from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { assert } from "chai";
import { BufferPool } from "ebbpool/bytes";
import { readChunks } from "ebbpool/files";
import { untilWithin } from "../contract/support/things.ts";

const folder = fs.mkdtempSync(join(tmpdir(), "ebbpool-ends-"));
after(() => fs.rmSync(folder, { recursive: true }));
const CHUNK = 10_000;
const path = join(folder, "file");
fs.writeFileSync(path, Buffer.alloc(100 * CHUNK, "x"));

const counted = () => new BufferPool({ stats: true });
type Stream = ReturnType<typeof readChunks>;

const until = untilWithin(10_000);

const isOpen = () =>
	process.platform === "linux" &&
	fs.readdirSync("/proc/self/fd").some((fd) => {
		try {
			return fs.readlinkSync(`/proc/self/fd/${fd}`) === path;
		} catch {
			return false;
		}
	});

interface Scene {
	readonly stream: Stream;
	readonly pool: BufferPool;
	/** How many chunks are out. */
	readonly out: () => number | undefined;
	readonly abort: (reason: unknown) => void;
}

/** A chunk is in the stream's own queue: who asked for it has left. */
async function queued({ stream, out }: Scene): Promise<void> {
	const reader = stream.getReader();
	// The stream has begun, so that the read is not only noted.
	await delay(5);
	reader.read().catch(() => {});
	reader.releaseLock();
	await until(() => out() === 1);
	await delay(5);
}

/** Each ends the stream early, while somebody else's queue, or its own, may hold chunks. */
const ENDS: Record<string, (scene: Scene) => Promise<unknown>> = {
	async "a cancel after the lock was given up during a read"(scene) {
		await queued(scene);
		await scene.stream.cancel();
	},
	async "an abort after the lock was given up during a read"(scene) {
		await queued(scene);
		scene.abort(new Error("enough"));
	},
	async "both branches of a tee cancelled"({ stream, out }) {
		const branches = stream.tee();
		await until(() => out() === 1);
		await delay(5);
		await Promise.all(branches.map((branch) => branch.cancel()));
	},
	async "an aborted pipeTo"({ stream, out }) {
		const { promise, reached } = reachable();
		const sink = new WritableStream({ write: () => promise }, { highWaterMark: 5 });
		const controller = new AbortController();
		const piping = stream.pipeTo(sink, { signal: controller.signal }).catch(() => {});
		await until(() => out() === 5);
		controller.abort();
		reached();
		await piping;
	},
	async "a sink that fails"({ stream, out }) {
		const { promise, reached } = reachable();
		const write = async () => {
			await promise;
			throw new Error("sink");
		};
		const piping = stream.pipeTo(new WritableStream({ write }, { highWaterMark: 5 })).catch(() => {});
		await until(() => out() === 5);
		reached();
		await piping;
	},
	async "the cancel of what it is piped through"({ stream, out }) {
		const through = new TransformStream({}, { highWaterMark: 2 }, { highWaterMark: 2 });
		const readable = stream.pipeThrough(through);
		await until(() => out() === 4);
		await readable.cancel();
	},
	async "a break out of a Readable made of it"({ stream, out }) {
		for await (const chunk of Readable.fromWeb(stream as never, { objectMode: true, highWaterMark: 4 })) {
			await until(() => Number(out()) >= 4);
			chunk.release();
			break;
		}
	},
	async "an iterator's return after reads that wait"({ stream }) {
		const iterator = stream[Symbol.asyncIterator]();
		void Promise.all([iterator.next(), iterator.next(), iterator.next()]);
		await iterator.return?.();
	},
	async "a throw in a loop that has not looked at its chunk"({ stream }) {
		try {
			for await (const _ of stream) throw new Error("user");
		} catch {}
	},
};

function reachable(): { promise: Promise<void>; reached: () => void } {
	let reached = () => {};
	const promise = new Promise<void>((resolve) => {
		reached = resolve;
	});
	return { promise, reached };
}

function scene(): Scene {
	const pool = counted();
	const controller = new AbortController();
	const stream = readChunks(path, { pool, chunkSize: CHUNK, signal: controller.signal });
	const abort = (reason: unknown) => controller.abort(reason);
	return { stream, pool, out: () => pool.stats().out, abort };
}

describe("readChunks that ends early", () => {
	for (const [name, end] of Object.entries(ENDS)) {
		test(`loses no chunk that nobody has looked at, and closes the file: ${name}`, async () => {
			const each = scene();
			await end(each);
			await until(() => each.out() === 0 && !isOpen());
			await delay(5);
			assert.strictEqual(each.out(), 0, "each was put back once");
		});
	}

	test("so does a file that fails while chunks are on their way", async () => {
		const pool = counted();
		let reads = 0;
		const failing = {
			async read(array: Uint8Array) {
				if (++reads === 4) throw new Error("disk");
				return { bytesRead: array.length };
			},
		};
		const stream = readChunks(failing as unknown as FileHandle, { pool, chunkSize: 1024 });
		const readable = stream.pipeThrough(new TransformStream({}, undefined, { highWaterMark: 9 }));
		await until(() => reads === 4);
		const error = await readable.getReader().closed.catch((reason: Error) => reason.message);
		assert.strictEqual(error, "disk");
		await until(() => pool.stats().out === 0);
	});

	test("leaves whoever has a chunk its bytes: as they are if it was looked at, else a copy", async () => {
		const { stream, pool } = scene();
		const reader = stream.getReader();
		const [seen, unseen] = [(await reader.read()).value, (await reader.read()).value];
		assert.exists(seen);
		assert.exists(unseen);
		const bytes = seen?.item;
		await reader.cancel();
		assert.strictEqual(pool.stats().out, 1);
		assert.strictEqual(seen?.item.buffer, bytes?.buffer);
		// Whoever takes an array now may write to it.
		for (let i = 0; i < 4; i++) pool.get(CHUNK).fill(0);
		const text = Buffer.alloc(CHUNK, "x").toString();
		assert.strictEqual(Buffer.from(unseen?.item ?? []).toString(), text);
		assert.strictEqual(Buffer.from(seen?.item ?? []).toString(), text);
		unseen?.release();
		unseen?.release();
		assert.throws(() => unseen?.item, /expected a held lease/);
		assert.strictEqual(pool.stats().out, 5);
		seen?.release();
		assert.strictEqual(pool.stats().out, 4);
	});

	test("closes the file and gives back the rest where one put throws, and tells who cancelled", async () => {
		const arrays = counted();
		let puts = 0;
		const pool = {
			get: (length: number) => arrays.get(length),
			discard: (array: Uint8Array<ArrayBuffer>) => arrays.discard(array),
			put(array: Uint8Array<ArrayBuffer>) {
				arrays.put(array);
				if (puts++ === 0) throw new Error("hook");
			},
		};
		const reader = readChunks(path, { pool, chunkSize: CHUNK }).getReader();
		for (let i = 0; i < 3; i++) await reader.read();
		assert.strictEqual(await reader.cancel().catch((error: Error) => error.message), "hook");
		assert.strictEqual(arrays.stats().out, 0);
		assert.isFalse(isOpen());
	});
});
