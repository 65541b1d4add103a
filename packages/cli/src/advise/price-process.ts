import { GCProfiler } from "node:v8";
import zlib from "node:zlib";
import type { Answer, Answers, PricedCall } from "./price-list.ts";

/** Long enough to see several collections of large arrays, short enough to ask for a dozen of sizes. */
const MEASURED_MS = 60;
const WARM_UP_MS = 15;
const CLOCK_EVERY = 16;

type Make = (size: number) => unknown;

let sink: unknown;

/** How sites allocate, by what the probe calls it. A zlib context is paid for in a call that compresses nothing. */
function maker(what: string): Make {
	if (what.endsWith(" output")) return (size) => Buffer.allocUnsafe(size);
	const name = what.replace(/^(?:Buffer|zlib)\./u, "");
	if (what.startsWith("zlib.")) return zlibMaker(name);
	if (what === "Buffer.alloc") return (size) => Buffer.alloc(size);
	if (what.startsWith("Buffer.") || what === "TextEncoder.encode") return (size) => Buffer.allocUnsafe(size);
	if (what === "ArrayBuffer" || what.startsWith("ArrayBuffer.")) return (size) => new ArrayBuffer(size);
	return (size) => new Uint8Array(size);
}

function zlibMaker(name: string): Make {
	const inflates = /inflate|unzip|gunzip/iu.test(name);
	const empty = Buffer.alloc(0);
	const packed = zlib.deflateRawSync(empty);
	return inflates ? () => zlib.inflateRawSync(packed) : () => zlib.deflateRawSync(empty);
}

interface Cost {
	/** CPU nanoseconds a call, without collections and what the system takes. */
	readonly ns: number;
	readonly faults: number;
	readonly systemNs: number;
}

function price(call: () => void): Cost {
	repeat(call, WARM_UP_MS);
	globalThis.gc?.();
	const profiler = new GCProfiler();
	profiler.start();
	const before = process.resourceUsage();
	const start = performance.now();
	const calls = repeat(call, MEASURED_MS);
	const after = process.resourceUsage();
	const wallUs = (performance.now() - start) * 1000;
	const cpuUs = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
	const pauseUs = profiler.stop().statistics.reduce((total, { cost }) => total + cost, 0);
	// Pauses are told as they passed; on a busy machine they cost less than that.
	const userUs = after.userCPUTime - before.userCPUTime - pauseUs * Math.min(1, cpuUs / wallUs);
	return {
		ns: (Math.max(0, userUs) / calls) * 1000,
		faults: (after.minorPageFault - before.minorPageFault) / calls,
		systemNs: ((after.systemCPUTime - before.systemCPUTime) / calls) * 1000,
	};
}

function repeat(call: () => void, ms: number): number {
	const end = performance.now() + ms;
	let calls = 0;
	do {
		for (let at = 0; at < CLOCK_EVERY; at++) call();
		calls += CLOCK_EVERY;
	} while (performance.now() < end);
	return calls;
}

function answer({ what, size }: PricedCall): Answer {
	const make = maker(what);
	const fresh = price(() => {
		const made = make(size);
		// Pages are only paid for when they are written, and a program writes what it allocates.
		if (made instanceof Uint8Array) touch(made);
		sink = made;
	});
	return { freshNs: fresh.ns, pooledNs: price(reuse(what, size)).ns, faults: fresh.faults };
}

/** What a pool does instead: it empties what it has. */
function reuse(what: string, size: number): () => void {
	if (what.startsWith("zlib.") && !what.endsWith(" output")) {
		const context = /inflate|unzip|gunzip/iu.test(what) ? zlib.createInflateRaw() : zlib.createDeflateRaw();
		return () => context.reset();
	}
	const kept = new Uint8Array(Math.max(1, size));
	const zeroed = !/allocUnsafe|from|concat|slice|encode/u.test(what);
	return () => {
		if (zeroed) kept.fill(0);
		touch(kept);
		sink = kept;
	};
}

const PAGE = 4096;

function touch(bytes: Uint8Array): void {
	for (let at = 0; at < bytes.length; at += PAGE) bytes[at] = 1;
}

/** Beyond what any allocator keeps, so that every page is a new one. */
const FAULTING_BYTES = 4 * 1024 * 1024;

/** What the system takes for a page that is written for the first time. */
function pageFaultNs(): number {
	const { faults, systemNs } = price(() => {
		const bytes = Buffer.allocUnsafeSlow(FAULTING_BYTES);
		touch(bytes);
		sink = bytes;
	});
	return faults < 1 ? 0 : systemNs / faults;
}

const calls = JSON.parse(process.argv[2] ?? "[]") as readonly PricedCall[];
const answers: Answers = { pageFaultNs: pageFaultNs(), calls: calls.map(answer) };
process.stdout.write(JSON.stringify(answers));
if (sink === null) process.exitCode = 1;
