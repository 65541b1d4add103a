import type { RuntimeId } from "./registry.ts";
import type { Life } from "./threads.ts";

/** What a thread keeps of a pool that it was ever attached to: under which name it lives there, and the pool itself. */
export interface Membership {
	readonly life: Life;
	/** Weak: a pool that is dropped is collected. */
	pool: WeakRef<object> | undefined;
}

const KEY = Symbol.for("ebbpool.shared.1");
const global = globalThis as { [KEY]?: Map<string, Membership> };
global[KEY] ??= new Map();

/** By pool id; shared by all copies of this package in the thread. */
export const memberships: Map<string, Membership> = global[KEY];

/** Whether a number that came with a handle can be a runtime id; 0 is none. */
export const isBirth = (value: unknown): value is RuntimeId =>
	Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 30;
