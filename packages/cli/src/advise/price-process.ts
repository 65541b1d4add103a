import { GCProfiler } from "node:v8";
import zlib from "node:zlib";
import { threadCpuUs } from "../measure/thread-cpu.ts";
import type { Answer, Answers, PricedCall } from "./price-list.ts";
import { calmest, faultFreeNs, meanOf, type PriceWindow } from "./price-windows.ts";

/** Several, since what else the machine does makes some of them come out much too high. */
const WINDOWS = 6;
const WINDOW_MS = 20;
const WARM_UP_MS = 20;
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

function windowsOf(call: () => void): PriceWindow[] {
	repeat(call, WARM_UP_MS);
	globalThis.gc?.();
	return Array.from({ length: WINDOWS }, () => windowOf(call));
}

/** How a process divides its time between itself and the system is told in ticks, too coarse for this; both together are exact. */
function windowOf(call: () => void): PriceWindow {
	const profiler = new GCProfiler();
	profiler.start();
	const threadBefore = threadCpuUs();
	const before = process.resourceUsage();
	const start = performance.now();
	const calls = repeat(call, WINDOW_MS);
	const after = process.resourceUsage();
	const threadAfter = threadCpuUs();
	const wallUs = (performance.now() - start) * 1000;
	const cpuUs = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
	const pauseUs = profiler.stop().statistics.reduce((total, { cost }) => total + cost, 0);
	// Pauses are told as they passed; on a busy machine they cost less than that.
	const threadUs =
		threadBefore === undefined || threadAfter === undefined
			? undefined
			: Math.min(cpuUs, threadAfter - threadBefore);
	const ownUs = threadUs ?? cpuUs;
	const pausedUs = Math.min(ownUs, pauseUs * Math.min(1, ownUs / wallUs));
	return {
		calls,
		cpuNs: ((ownUs - pausedUs) / calls) * 1000,
		pauseNs: (pausedUs / calls) * 1000,
		helperNs: threadUs === undefined ? undefined : ((cpuUs - threadUs) / calls) * 1000,
		faults: (after.minorPageFault - before.minorPageFault) / calls,
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

function answer({ what, size }: PricedCall, faultNs: number): Answer {
	const make = maker(what);
	const fresh = windowsOf(() => {
		const made = make(size);
		// Pages are only paid for when they are written, and a program writes what it allocates.
		if (made instanceof Uint8Array) touch(made);
		sink = made;
	});
	const calm = calmest(fresh);
	const helperNs = meanOf(calm, (window) => window.helperNs);
	return {
		freshNs: faultFreeNs(fresh, faultNs),
		pooledNs: faultFreeNs(windowsOf(reuse(what, size)), faultNs),
		pauseNs: meanOf(calm, ({ pauseNs }) => pauseNs) ?? 0,
		...(helperNs !== undefined && { helperNs }),
		faults: meanOf(fresh, ({ faults }) => faults) ?? 0,
	};
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

/** What a page costs that is written for the first time, and given back: the windows that were disturbed the least say it. */
function pageFaultNs(): number {
	const windows = windowsOf(() => {
		const bytes = Buffer.allocUnsafeSlow(FAULTING_BYTES);
		touch(bytes);
		sink = bytes;
	});
	const costs = windows.filter(({ faults }) => faults >= 1).map(({ cpuNs, faults }) => cpuNs / faults);
	return costs.length === 0 ? 0 : Math.min(...costs);
}

const calls = JSON.parse(process.argv[2] ?? "[]") as readonly PricedCall[];
const faultNs = pageFaultNs();
const answers: Answers = { pageFaultNs: faultNs, calls: calls.map((call) => answer(call, faultNs)) };
process.stdout.write(JSON.stringify(answers));
if (sink === null) process.exitCode = 1;
