import { AsyncResource } from "node:async_hooks";

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

/** A resource in no context, see detached-node.ts; without Deno's internals, in that of whoever imported this first. */
function makeResource(): AsyncResource {
	const core = denoCore();
	const context = core?.getAsyncContext();
	core?.setAsyncContext(undefined);
	try {
		return new AsyncResource("EBBPOOL");
	} finally {
		core?.setAsyncContext(context);
	}
}

const outside = makeResource();

/** Runs `work` outside the caller's async context: what it begins outlives the caller. */
export const detached = <R>(work: () => R): R => outside.runInAsyncScope(work);
