import { AsyncResource } from "node:async_hooks";
import { channel } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import process from "node:process";
import timers from "node:timers";
import { getHeapStatistics } from "node:v8";
import { MessageChannel } from "node:worker_threads";
import type { Host } from "./host.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { hasTimers, now, repeat, startTimer } from "./time.ts";

/** Taken at load: what the library needs for itself is not to be faked. */
const { setImmediate, setInterval, clearInterval } = timers;

/*
 * An async context in which no `AsyncLocalStorage` has a store. The one in which this module is loaded is of no use: a lazily
 * loaded module is loaded in somebody's request. No runtime has an interface for that, so each needs a hack of its own.
 */

/** A resource that carries the context of now. Ended at once, it is no open handle for anybody. */
function makeResource(): AsyncResource {
	const resource = new AsyncResource("EBBPOOL", { requireManualDestroy: true });
	resource.emitDestroy();
	return resource;
}

let outside = makeResource();

/** Takes the stores out: Node keeps them in properties of the resource, next to its two ids. */
function clear(resource: AsyncResource): void {
	const properties = resource as unknown as Record<symbol, unknown>;
	for (const key of Object.getOwnPropertySymbols(resource)) {
		if (typeof properties[key] !== "number") properties[key] = undefined;
	}
}

/** What Deno lets nobody know of but itself. */
interface DenoCore {
	getAsyncContext(): unknown;
	setAsyncContext(context: unknown): void;
}

function denoCore(): DenoCore | undefined {
	const { Deno } = globalThis as {
		Deno?: { internal?: symbol; [key: symbol]: { core?: Partial<DenoCore> } };
	};
	const core = Deno?.[Deno.internal as symbol]?.core;
	return core?.getAsyncContext && core.setAsyncContext ? (core as DenoCore) : undefined;
}

if (process.versions["bun"] !== undefined) {
	// Bun calls a message's handler in no context. Until then, for a turn, what `require` found in force stays so.
	const { port1, port2 } = new MessageChannel();
	port1.once("message", () => {
		outside = makeResource();
		port1.close();
	});
	port1.unref();
	port2.postMessage(undefined);
} else if (process.versions["deno"] === undefined) clear(outside);
else {
	// Without Deno's internals, what a lazy import found in force stays so.
	const core = denoCore();
	const context = core?.getAsyncContext();
	core?.setAsyncContext(undefined);
	outside = makeResource();
	core?.setAsyncContext(context);
}

const detached = <R>(work: () => R): R => outside.runInAsyncScope(work);

const isDeno = process.versions["deno"] !== undefined;

const memory = new MemoryWatch({
	// Deno may ask its user before it reads, so it is not asked.
	read: (path) => (isDeno ? "" : readFileSync(path, "latin1")),
	heap: getHeapStatistics,
	elapsed: performance.now.bind(performance),
});

export const host: Host = {
	now,
	detached,
	startTimer: (callback, ms) => detached(() => startTimer(callback, ms)),
	repeat: (callback, ms) => detached(() => repeat({ setInterval, clearInterval }, callback, ms)),
	nextTurn: (callback) => void detached(() => setImmediate(callback)),
	get timers() {
		return hasTimers();
	},
	memoryIsShort: () => memory.isShort(),
	// Bun tells of it; nobody else sends such an event.
	onMemoryShort: (listener) => void detached(() => process.on("memoryPressure" as "exit", listener)),
	channel,
};
