import { once } from "node:events";
import * as fs from "node:fs";
import { open } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { assert } from "chai";
import { Pool, PoolError } from "ebbpool";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { readChunks, readFile, readSocket } from "ebbpool/files";
import { untilWithin } from "../contract/support/things.ts";

const folder = fs.mkdtempSync(join(tmpdir(), "ebbpool-files-"));
after(() => fs.rmSync(folder, { recursive: true }));

function pattern(length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	for (let i = 0; i < length; i++) bytes[i] = i * 31 + (i >> 8);
	return bytes;
}

/** A file of so many bytes, and these. */
function file(length: number): { path: string; bytes: Uint8Array } {
	const bytes = pattern(length);
	const path = join(folder, `of-${length}`);
	fs.writeFileSync(path, bytes);
	return { path, bytes };
}

const counted = () => new BufferPool({ stats: true, maxLength: 16 * 2 ** 20 });
const sameBytes = (a: Uint8Array, b: Uint8Array) => assert.strictEqual(Buffer.compare(a, b), 0);

/** Files that this process has open below the folder. */
function openFiles(): number {
	return fs.readdirSync("/proc/self/fd").filter((fd) => {
		try {
			return fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
		} catch {
			return false;
		}
	}).length;
}

const until = untilWithin(10_000);

async function rejection(promise: Promise<unknown>): Promise<Error & { code?: string }> {
	return promise.then(
		() => assert.fail("expected a rejection"),
		(error) => error,
	);
}

const linux = process.platform === "linux";

describe("readFile", () => {
	test("reads once what holds as much as it says, and to its end what says something else", async () => {
		const { path, bytes } = file(100_000);
		const readsIfTold = async (size: number) => {
			const handle = await open(path);
			let reads = 0;
			const told = {
				stat: async () => ({ size }),
				read(...args: [Uint8Array, number, number]) {
					reads++;
					return handle.read(...args);
				},
			} as unknown as typeof handle;
			const lease = await readFile(told, counted());
			sameBytes(lease.item, bytes);
			lease.release();
			await handle.close();
			return reads;
		};
		assert.strictEqual(await readsIfTold(bytes.length), 1);
		for (const size of [0, 50_000, 200_000]) assert.isAbove(await readsIfTold(size), 1);
	});

	test("gives all of a file, whatever its length, in an array that goes back once", async () => {
		const pool = counted();
		for (const length of [0, 1, 8191, 8192, 8193, 65_536, 1_000_003, 5_000_000]) {
			const { path, bytes } = file(length);
			for (const form of [path, pathToFileURL(path), Buffer.from(path)]) {
				const lease = await readFile(form, pool);
				sameBytes(lease.item, bytes);
				assert.strictEqual(pool.stats().out, 1);
				lease.release();
				lease.release();
				assert.strictEqual(pool.stats().out, 0);
				assert.throws(() => lease.item, PoolError, /^Lease\.item: expected a held lease/);
			}
		}
		const { path } = file(100_000);
		const before = pool.stats().classes.reduce((sum, { misses }) => sum + misses, 0);
		for (let i = 0; i < 10; i++) (await readFile(path, pool)).release();
		const made = pool.stats().classes.reduce((sum, { misses }) => sum + misses, 0) - before;
		assert.isAtMost(made, 1);
	});

	test("reads what says that it holds nothing, and what holds more than it said", {
		skip: !linux,
	}, async () => {
		const pool = counted();
		const lease = await readFile("/proc/self/maps", pool);
		assert.include(Buffer.from(lease.item).toString(), "r-xp");
		lease.release();
		const { path, bytes } = file(300_000);
		const handle = await open(path);
		const lying = new Proxy(handle, {
			get(target, key) {
				if (key === "stat") return async () => ({ size: 10 });
				const value: unknown = Reflect.get(target, key);
				return typeof value === "function" ? value.bind(target) : value;
			},
		});
		const whole = await readFile(lying, pool);
		sameBytes(whole.item, bytes);
		whole.release();
		assert.strictEqual(pool.stats().out, 0);
		await handle.close();
	});

	test("a pool whose put throws gets each array once, also while the file turns out longer than it said", async () => {
		const pool = counted();
		const seen: Uint8Array[] = [];
		const failing = {
			get: (length: number) => pool.get(length),
			discard() {},
			put(array: Uint8Array) {
				seen.push(array);
				if (seen.length === 1) throw new Error("hook");
			},
		};
		let left = 3;
		const growing = {
			stat: async () => ({ size: 0 }),
			read: async (array: Uint8Array, offset: number, length: number) => ({
				bytesRead: left-- > 0 ? array.fill(1, offset).subarray(offset, offset + length).length : 0,
			}),
		};
		assert.strictEqual((await rejection(readFile(growing as never, failing as never))).message, "hook");
		assert.lengthOf(seen, 2);
		assert.lengthOf(new Set(seen), 2);
	});

	test("leaves a file that is open as it is", async () => {
		const { path, bytes } = file(10_000);
		const handle = await open(path);
		const pool = counted();
		const lease = await readFile(handle, pool);
		sameBytes(lease.item, bytes);
		lease.discard();
		assert.strictEqual(pool.stats().out, 0);
		assert.strictEqual((await handle.stat()).size, 10_000);
		await handle.close();
	});

	test("fails with the file system's error or the signal's reason, and keeps nothing", async () => {
		const pool = counted();
		assert.strictEqual((await rejection(readFile(join(folder, "missing"), pool))).code, "ENOENT");
		assert.strictEqual((await rejection(readFile(folder, pool))).code, "EISDIR");
		const { path } = file(20_000_000);
		const reason = new Error("enough");
		assert.strictEqual(await rejection(readFile(path, pool, { signal: AbortSignal.abort(reason) })), reason);
		const controller = new AbortController();
		const reading = readFile(path, pool, { signal: controller.signal });
		controller.abort(reason);
		assert.strictEqual(await rejection(reading), reason);
		assert.strictEqual(pool.stats().out, 0);
		if (linux) assert.strictEqual(openFiles(), 0);
	});

	test("refuses what is no pool and unknown options", async () => {
		const { path } = file(10);
		assert.match(
			(await rejection(readFile(path, {} as never))).message,
			/readFile: pool: expected a BufferPool/,
		);
		assert.match((await rejection(readFile(path, undefined as never))).message, /readFile: pool/);
		const wrong = readFile(path, counted(), { encoding: "utf8" } as never);
		assert.strictEqual((await rejection(wrong)).code, "ERR_POOL_OPTION");
	});
});

describe("readChunks", () => {
	test("gives all of a file in chunks that the consumer may keep until it gives them back", async () => {
		for (const [length, chunkSize] of [
			[0, 10],
			[1, 10],
			[10_000, 1000],
			[1_000_003, undefined],
		] as const) {
			const pool = counted();
			const { path, bytes } = file(length);
			const kept = [];
			for await (const chunk of readChunks(path, { pool, chunkSize })) {
				assert.isAtMost(chunk.item.length, chunkSize ?? 65_536);
				kept.push(chunk);
			}
			sameBytes(Buffer.concat(kept.map(({ item }) => item)), bytes);
			assert.strictEqual(pool.stats().out, kept.length);
			for (const chunk of kept) chunk.release();
			assert.strictEqual(pool.stats().out, 0);
			if (linux) assert.strictEqual(openFiles(), 0);
		}
	});

	test("uses one array where each chunk goes back before the next is asked for", async () => {
		const pool = counted();
		const { path, bytes } = file(1_000_000);
		let at = 0;
		for await (const chunk of readChunks(path, { pool, chunkSize: 10_000 })) {
			sameBytes(chunk.item, bytes.subarray(at, at + chunk.item.length));
			at += chunk.item.length;
			chunk.release();
		}
		assert.strictEqual(at, bytes.length);
		assert.strictEqual(pool.stats().classes[0]?.misses, 1);
	});

	test("is a ReadableStream; a consumer that has enough closes the file", { skip: !linux }, async () => {
		const pool = counted();
		const { path } = file(1_000_000);
		const stream = readChunks(path, { pool });
		assert.instanceOf(stream, ReadableStream);
		const reader = stream.getReader();
		(await reader.read()).value?.release();
		assert.strictEqual(openFiles(), 1);
		const pending = reader.read();
		await reader.cancel();
		assert.isTrue((await pending).done);
		for await (const chunk of readChunks(path, { pool })) {
			chunk.release();
			break;
		}
		const unused = readChunks(path, { pool });
		await unused.cancel();
		const early = readChunks(path, { pool }).getReader();
		early.read().catch(() => {});
		await early.cancel();
		await until(() => openFiles() === 0 && pool.stats().out === 0);
	});

	test("an abort rejects with its reason, whether a read is under way or not, and closes the file", async () => {
		const { path } = file(1_000_000);
		const pool = counted();
		const reason = new Error("enough");
		for (const when of ["before", "during", "between"]) {
			const controller = new AbortController();
			if (when === "before") controller.abort(reason);
			const reader = readChunks(path, { pool, signal: controller.signal }).getReader();
			if (when === "between") (await reader.read()).value?.release();
			const next = when === "between" ? undefined : reader.read();
			controller.abort(reason);
			assert.strictEqual(await rejection(next ?? reader.read()), reason, when);
		}
		await until(() => pool.stats().out === 0);
		if (linux) await until(() => openFiles() === 0);
	});

	test("fails with the file system's error; options are checked at once", async () => {
		const pool = counted();
		const missing = readChunks(join(folder, "missing"), { pool }).getReader().read();
		assert.strictEqual((await rejection(missing)).code, "ENOENT");
		assert.strictEqual((await rejection(readChunks(folder, { pool }).getReader().read())).code, "EISDIR");
		assert.strictEqual(pool.stats().out, 0);
		for (const wrong of [undefined, {}, { pool: {} }, { pool, chunkSize: 0 }, { pool, chunk: 1 }]) {
			assert.throws(() => readChunks("x", wrong as never), PoolError);
		}
	});
});

describe("readSocket", () => {
	test("reads all that comes into one array, which goes back when the socket is closed", async (t) => {
		const bytes = pattern(3_000_000);
		const server = createServer((peer) => peer.end(bytes)).listen(0, "127.0.0.1");
		t.after(() => server.close());
		await once(server, "listening");
		const pool = counted();
		const received: Uint8Array[] = [];
		const memories = new Set<unknown>();
		const { port } = server.address() as AddressInfo;
		const socket = readSocket(
			{ port, host: "127.0.0.1" },
			{
				pool,
				size: 10_000,
				onBytes(part) {
					assert.isAtMost(part.length, 10_000);
					memories.add(part.buffer);
					received.push(part.slice());
					if (received.length % 50 !== 0) return true;
					setImmediate(() => socket.resume());
					return false;
				},
			},
		);
		assert.strictEqual(pool.stats().out, 1);
		await once(socket, "close");
		sameBytes(Buffer.concat(received), bytes);
		assert.strictEqual(memories.size, 1);
		assert.strictEqual(pool.stats().out, 0);
	});

	test("takes what is inherited in its options, as everywhere", async (t) => {
		const server = createServer((peer) => peer.end("hello")).listen(0, "127.0.0.1");
		t.after(() => server.close());
		await once(server, "listening");
		const pool = counted();
		let text = "";
		const to = Object.create({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" });
		const socket = readSocket(to, {
			pool,
			onBytes(bytes) {
				text += Buffer.from(bytes);
			},
		});
		await once(socket, "close");
		assert.strictEqual(text, "hello");
	});

	test("gives the array back where there is nobody to connect to, and takes none for wrong options", async () => {
		const pool = counted();
		const onBytes = () => {};
		const socket = readSocket({ port: 1, host: "127.0.0.1" }, { pool, onBytes });
		socket.on("error", () => {});
		await new Promise((resolve) => socket.once("close", resolve));
		assert.strictEqual(pool.stats().out, 0);
		assert.throws(() => readSocket({ port: -1 }, { pool, onBytes }));
		assert.strictEqual(pool.stats().out, 0);
		for (const wrong of [
			undefined,
			{},
			{ pool },
			{ onBytes },
			{ pool, onBytes, size: 0 },
			{ pool, onBytes, max: 1 },
		]) {
			assert.throws(() => readSocket({ port: 1 }, wrong as never), PoolError);
		}
	});
});

test("a pool of something else, or of arrays that are too short, is refused, and what it gave goes back", async () => {
	const { path } = file(100);
	const short = new Pool({ new: () => new Uint8Array(10), stats: true });
	const buffers = new Pool({ new: () => new ByteBuffer(), stats: true });
	for (const pool of [short, buffers]) {
		const notArrays = pool as unknown as BufferPool;
		const message = /pool: expected a pool that gives a Uint8Array of at least \d+ bytes, got .+ from it/;
		const errors = [
			await rejection(readFile(path, notArrays)),
			await rejection(readChunks(path, { pool: notArrays }).getReader().read()),
		];
		try {
			readSocket({ host: "127.0.0.1", port: 9 }, { pool: notArrays, onBytes: () => {}, size: 100 });
		} catch (error) {
			errors.push(error as Error);
		}
		assert.lengthOf(errors, 3);
		for (const error of errors) {
			assert.strictEqual(error.code, "ERR_POOL_ARGUMENT");
			assert.match(error.message, message);
		}
		assert.strictEqual(pool.stats().out, 0);
	}
	assert.strictEqual(openFiles(), 0);
});
