import { AsyncResource } from "node:async_hooks";
import process from "node:process";
import { MessageChannel } from "node:worker_threads";

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

if (process.versions["bun"] === undefined) {
	// Node keeps the stores in properties of the resource, next to its two ids.
	const properties = outside as unknown as Record<symbol, unknown>;
	for (const key of Object.getOwnPropertySymbols(outside)) {
		if (typeof properties[key] !== "number") properties[key] = undefined;
	}
} else {
	// Bun calls a message's handler in no context. Until then, for a turn, what `require` found in force stays so.
	const { port1, port2 } = new MessageChannel();
	port1.once("message", () => {
		outside = makeResource();
		port1.close();
	});
	port1.unref();
	port2.postMessage(undefined);
}

/** Runs `work` outside the caller's async context: what it begins outlives the caller. */
export const detached = <R>(work: () => R): R => outside.runInAsyncScope(work);
