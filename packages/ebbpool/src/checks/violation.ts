import { brand } from "../base/brand.ts";
import { PoolError } from "../base/errors.ts";

/** Which check found it; the names are those of the options. */
export type ViolationKind = "doublePut" | "leaks" | "useAfterPut" | "dirtyPut" | "foreignPut";

/** Something that was done with the item, and where. */
export interface Trace {
	/** `"get"`, `"put"`, `"second put"`, `"use"`, `"get since"`, … */
	readonly what: string;
	/** The stack, without frames of this package; the place itself comes first. */
	readonly stack: string;
}

/** What a check found, in full. */
export interface ViolationReport {
	readonly kind: ViolationKind;
	/** The pool's name. */
	readonly pool: string | undefined;
	/** What happened, as a sentence without its full stop. */
	readonly happened: string;
	/** What to do instead, as a sentence without its full stop. */
	readonly remedy: string;
	/** In the order in which it was done; the last is the fault, or what is known to be nearest to it. */
	readonly traces: readonly Trace[];
}

/**
 * A mistake in how a pool is used, as `ebbpool/checks` found it. Its stack is that of the fault where a call commits it, and
 * of the nearest known place where the collector found it.
 *
 * @example
 * ```ts
 * import { Pool } from "ebbpool";
 * import { enableChecks, PoolViolation } from "ebbpool/checks";
 *
 * const found: PoolViolation[] = [];
 * const disable = enableChecks({ onViolation: (violation) => found.push(violation) });
 * const pool = new Pool({ new: () => ({ size: 0 }) });
 * const item = pool.get();
 * pool.put(item);
 * item.size = 1; // somebody else's by now
 * console.log(found[0]?.kind); // useAfterPut
 * disable();
 * ```
 */
export class PoolViolation extends PoolError {
	readonly kind: ViolationKind;
	/** The pool's name; `undefined` if it has none. */
	readonly pool: string | undefined;
	/** What was done with the item, in order, each with its stack. */
	readonly traces: readonly Trace[];

	constructor({ kind, pool, happened, remedy, traces }: ViolationReport) {
		const where = traces.map(({ what, stack }) => `\n  ${what}:\n${stack}`).join("");
		const named = pool === undefined ? "a pool without a name" : `pool "${pool}"`;
		super("ERR_POOL_VIOLATION", `${kind} in ${named}: ${happened}. ${remedy}.${where}`);
		this.kind = kind;
		this.pool = pool;
		this.traces = traces;
		const last = traces.at(-1);
		if (last !== undefined) this.stack = `PoolViolation: ${this.message}\n${last.stack}`;
	}
}
Object.assign(PoolViolation.prototype, { name: "PoolViolation" });
brand(PoolViolation, "PoolViolation");
