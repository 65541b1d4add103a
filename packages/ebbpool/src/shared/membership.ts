import { threads } from "#threads";
import type { RuntimeId } from "./registry.ts";
import type { SlotLayout } from "./shared-block.ts";
import type { PoolIdentity } from "./threads.ts";

/** What a thread keeps of a pool that it was ever attached to; nothing here refers to the pool's memory. */
export interface Membership {
	/** Under which name the thread lives there. */
	readonly life: RuntimeId | Promise<RuntimeId>;
	/** Weak: a pool that is dropped is collected. */
	pool?: WeakRef<object> | undefined;
	/** For `fields`, as soon as anybody in this thread knows it. */
	layout?: SlotLayout<object> | undefined;
}

const KEY = Symbol.for("ebbpool.shared.1");
const global = globalThis as { [KEY]?: Map<string, Membership> };
global[KEY] ??= new Map();

/** By pool id; shared by all copies of this package in the thread. */
const memberships: Map<string, Membership> = global[KEY];

/** This thread's membership in a pool, from now on if it had none. */
export function join(pool: PoolIdentity, birth: RuntimeId): Membership {
	let membership = memberships.get(pool.id);
	if (membership === undefined) {
		membership = { life: threads.live(pool, birth) };
		memberships.set(pool.id, membership);
	}
	return membership;
}

/**
 * Closes the share of a pool that was dropped without dispose: what it kept for itself would be nobody's to take. Held here,
 * since JavaScriptCore drops the callbacks of a registry that nobody refers to.
 */
export const dropped = new FinalizationRegistry<{ close(): void }>((share) => share.close());
