import { setImmediate, setTimeout } from "node:timers/promises";
import type { Server } from "./server.ts";

const MIB = 2 ** 20;
const BIG_REQUESTS = 10;
const SMALL = new Uint8Array(1024).fill(120);

/** Memory is small again when it is within this many bytes of what it was before the first request. */
const SLACK = 2 * MIB;

/** What the pool's rhythm promises, and a bound on watching one that gives nothing back. */
const PROMISED_COLLECTIONS = 2;
const MOST_COLLECTIONS = 5;
const REQUESTS_A_COLLECTION = 100;

/** Milliseconds in which the engine frees all large buffers on a thread of its own, also on a busy machine. */
const FREEING = 5000;
const STEP = 50;

/** What a server did with the buffers of ten large requests. */
export interface Outcome {
	readonly name: string;
	/** Buffers pooled once the large requests were over. */
	readonly pooled: number;
	/** Small requests before the first collection, as many as the policy's documentation asks for. */
	readonly puts: number;
	/** Major collections until memory was small again. */
	readonly collections: number;
	/** Bytes of buffers at the end, beyond those before the first request. */
	readonly kept: number;
	/** Whether memory was small again when it was promised to be. */
	readonly passed: boolean;
}

/** Ten large requests at a time, then small ones until memory is small again. */
export async function run(server: Server, big: Uint8Array): Promise<Outcome> {
	await collect(() => true);
	const before = process.memoryUsage().arrayBuffers;
	const kept = () => process.memoryUsage().arrayBuffers - before;
	const isSmall = () => kept() <= SLACK;

	serveAtOnce(server, BIG_REQUESTS, big);
	const pooled = server.pooled();

	serve(server, server.puts);
	let collections = 0;
	while (!isSmall() && collections < MOST_COLLECTIONS) {
		serve(server, REQUESTS_A_COLLECTION);
		await collect(isSmall);
		collections++;
	}
	const passed = isSmall() && collections <= PROMISED_COLLECTIONS;
	return { name: server.name, pooled, puts: server.puts, collections, kept: kept(), passed };
}

/** A function of its own: what stands in the frame of one that awaits is kept alive until it ends. */
function serveAtOnce(server: Server, requests: number, body: Uint8Array): void {
	const ends = Array.from({ length: requests }, () => server.begin(body));
	for (const end of ends) end();
}

function serve(server: Server, requests: number): void {
	for (let i = 0; i < requests; i++) server.begin(SMALL)();
}

/**
 * One major collection in a turn of its own, as collections come to a server; then its callbacks run, and its frees until
 * enough is free.
 */
async function collect(isEnough: () => boolean): Promise<void> {
	if (globalThis.gc === undefined) throw new Error("run this program with node --expose-gc");
	await setImmediate();
	globalThis.gc();
	for (let i = 0; i < 3; i++) await setImmediate();
	for (let waited = 0; waited < FREEING && !isEnough(); waited += STEP) await setTimeout(STEP);
}
