import { threads } from "#threads";
import { threadGlobal } from "../base/thread-global.ts";
import type { RuntimeId } from "./core/registry.ts";
import type { PoolIdentity } from "./runtimes/threads.ts";
import type { SlotLayout } from "./shared-block.ts";

/** What a thread keeps of a pool that it is attached to; nothing here refers to the pool's memory. */
export interface Attachment {
	/** The pool's. */
	readonly id: string;
	/** Under which name the thread lives there. */
	readonly life: RuntimeId | Promise<RuntimeId>;
	/** Weak: a pool that is dropped is collected. */
	pool?: WeakRef<object>;
	/** For `fields`, as soon as anybody in this thread knows it. */
	layout?: SlotLayout<object> | undefined;
}

/** By pool id; shared by all copies of this package in the thread. */
const attachments = threadGlobal("attachments.1", () => new Map<string, Attachment>());

/** This thread's attachment in a pool, from now on if it had none. */
export function attach(pool: PoolIdentity, birth: RuntimeId): Attachment {
	const { id } = pool;
	const attachment = attachments.get(id) ?? { id, life: threads.live(pool, birth) };
	attachments.set(id, attachment);
	return attachment;
}

/**
 * Ends a attachment. A name that the runtime does not give the thread anew is kept for the next one: whoever tracks the
 * thread knows it by that.
 */
export function detach(attachment: Attachment): void {
	const { id, life } = attachment;
	if (attachments.get(id) !== attachment) return;
	if (typeof life === "number") attachments.delete(id);
	else attachments.set(id, { id, life });
}

/** What is left of a pool that was dropped without dispose. */
interface Remains {
	readonly share: { close(): void };
	readonly attachment: Attachment;
}

/**
 * Closes the share of a pool that was dropped without dispose: what it kept for itself would be nobody's to take. Held here,
 * since JavaScriptCore drops the callbacks of a registry that nobody refers to.
 */
export const dropped = new FinalizationRegistry<Remains>(({ share, attachment }) => {
	share.close();
	// The thread may have attached anew before the collector told of this.
	if (attachment.pool?.deref() === undefined) detach(attachment);
});
