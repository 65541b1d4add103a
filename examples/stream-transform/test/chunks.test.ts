import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, afterEach, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { arrays, type Chunks, readChunks, writeChunks } from "../dist/chunks.js";
import { toCrlf } from "../dist/to-crlf.js";

/** Reads each chunk only some time after it got it, as a socket or a file does. */
class SlowSink extends Writable {
	readonly #received: Buffer[] = [];
	readonly #failAfter: number;

	constructor(failAfter = Number.POSITIVE_INFINITY) {
		super({ highWaterMark: 1024 * 1024 });
		this.#failAfter = failAfter;
	}

	override async _write(chunk: Buffer, _encoding: string, callback: (error?: Error) => void): Promise<void> {
		await sleep(1);
		if (this.#received.length === this.#failAfter) return callback(new Error("the sink is broken"));
		this.#received.push(Buffer.from(chunk));
		callback();
	}

	get text(): string {
		return Buffer.concat(this.#received).toString("latin1");
	}
}

/** What `toCrlf` must give. */
const converted = (text: string) => text.replace(/(?<!\r)\n/gu, "\r\n");

async function textOf(chunks: Chunks): Promise<string> {
	let text = "";
	for await (const chunk of chunks) text += Buffer.from(chunk).toString("latin1");
	return text;
}

async function* failing(chunks: Chunks): AsyncGenerator<Uint8Array> {
	for await (const chunk of chunks) yield chunk;
	throw new Error("the source is broken");
}

describe("chunks that are used again", () => {
	const text = Array.from(
		{ length: 2000 },
		(_, line) => `line ${line}${line % 3 === 0 ? "\r\n" : "\n"}`,
	).join("");
	let folder: string;
	let path: string;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "chunks-"));
		path = join(folder, "lines.txt");
		await writeFile(path, text);
	});

	after(() => rm(folder, { recursive: true }));

	afterEach(() => {
		const out = arrays.stats().classes.reduce((sum, { gets = 0, puts = 0 }) => sum + gets - puts, 0);
		assert.equal(out, 0, "arrays are still out");
	});

	it("arrive whole at a sink that reads them late", async () => {
		const sink = new SlowSink();
		await writeChunks(toCrlf(readChunks(path, 1000)), sink);
		assert.equal(sink.text, converted(text));
	});

	it("are few: one to read into, and one to convert into", async () => {
		arrays.clear();
		const made = () => arrays.stats().classes.reduce((sum, { misses }) => sum + misses, 0);
		const before = made();
		await textOf(toCrlf(readChunks(path, 1000)));
		// The last chunk is shorter than the others, and so may be its result.
		assert.ok(made() - before <= 3, `${made() - before} arrays were made`);
	});

	it("are converted however the text is cut", async () => {
		const texts = fc.string({ unit: fc.constantFrom("\n", "\r", "a", "b"), maxLength: 60 });
		await fc.assert(
			fc.asyncProperty(texts, fc.integer({ min: 1, max: 9 }), async (sample, chunkBytes) => {
				const file = join(folder, "sample.txt");
				await writeFile(file, sample);
				assert.equal(await textOf(toCrlf(readChunks(file, chunkBytes))), converted(sample));
			}),
			{ numRuns: 200 },
		);
	});

	it("go back when the sink breaks", async () => {
		const sink = new SlowSink(3);
		await assert.rejects(writeChunks(toCrlf(readChunks(path, 1000)), sink), /the sink is broken/u);
		assert.ok(sink.destroyed);
	});

	it("go back when the source breaks", async () => {
		const sink = new SlowSink();
		await assert.rejects(writeChunks(toCrlf(failing(readChunks(path, 1000))), sink), /the source is broken/u);
		assert.ok(sink.destroyed);
	});

	it("go back when the consumer has enough", async () => {
		for await (const chunk of toCrlf(readChunks(path, 1000))) {
			assert.ok(chunk.length > 0);
			break;
		}
	});

	it("are not taken for a file that is not there", async () => {
		await assert.rejects(textOf(readChunks(join(folder, "missing"))), { code: "ENOENT" });
	});
});
