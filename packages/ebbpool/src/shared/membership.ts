import { threads } from "#threads";
import type { RuntimeId } from "./registry.ts";
import type { SlotLayout } from "./shared-block.ts";
import type { PoolIdentity } from "./threads.ts";

/** What a thread keeps of a pool that it is attached to; nothing here refers to the pool's memory. */
export interface Membership {
	/** The pool's. */
	readonly id: string;
	/** Under which name the thread lives there. */
	readonly life: RuntimeId | Promise<RuntimeId>;
	/** Weak: a pool that is dropped is collected. */
	pool?: WeakRef<object>;
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
	const { id } = pool;
	const membership = memberships.get(id) ?? { id, life: threads.live(pool, birth) };
	memberships.set(id, membership);
	return membership;
}

/**
 * Ends a membership. A name that the runtime does not give the thread anew is kept for the next one: whoever tracks the
 * thread knows it by that.
 */
export function leave(membership: Membership): void {
	const { id, life } = membership;
	if (memberships.get(id) !== membership) return;
	if (typeof life === "number") memberships.delete(id);
	else memberships.set(id, { id, life });
}

/** What is left of a pool that was dropped without dispose. */
interface Remains {
	readonly share: { close(): void };
	readonly membership: Membership;
}

/**
 * Closes the share of a pool that was dropped without dispose: what it kept for itself would be nobody's to take. Held here,
 * since JavaScriptCore drops the callbacks of a registry that nobody refers to.
 */
export const dropped = new FinalizationRegistry<Remains>(({ share, membership }) => {
	share.close();
	// The thread may have attached anew before the collector told of this.
	if (membership.pool?.deref() === undefined) leave(membership);
});
