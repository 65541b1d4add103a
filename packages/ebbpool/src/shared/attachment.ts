import { threads } from "#threads";
import { ifPossible } from "../base/engine.ts";
import type { Reference } from "../base/refer-to.ts";
import { threadGlobal } from "../base/thread-global.ts";
import type { RuntimeId } from "./core/registry.ts";
import type { PoolIdentity } from "./runtimes/threads.ts";
import type { SlotLayout } from "./slot-layout.ts";

/** What a thread keeps of a pool that it is attached to; nothing here refers to the pool's memory. */
export interface Attachment {
	/** The pool's. */
	readonly id: string;
	/** Under which id the thread is registered there. */
	readonly runtimeId: RuntimeId | Promise<RuntimeId>;
	/** Weak: a pool that is dropped is collected. */
	pool?: Reference;
	/** For `fields`, as soon as anybody in this thread knows it. */
	layout?: SlotLayout<object> | undefined;
}

/** By pool id; shared by all copies of this package in the thread. */
const attachments = ifPossible(() => threadGlobal("attachments.2", () => new Map<string, Attachment>()));

/**
 * This thread's attachment to a pool, from now on if it had none.
 *
 * @param reserved - the id that came with the handle
 */
export function attach(pool: PoolIdentity, reserved: RuntimeId): Attachment {
	const { id } = pool;
	const attachment = attachments.get(id) ?? { id, runtimeId: threads.identify(pool, reserved) };
	attachments.set(id, attachment);
	return attachment;
}

/**
 * Ends an attachment. An id that the runtime does not give the thread anew is kept for the next one: the thread that tracks
 * this one knows it by that.
 */
export function detach(attachment: Attachment): void {
	const { id, runtimeId } = attachment;
	if (attachments.get(id) !== attachment) return;
	if (typeof runtimeId === "number") attachments.delete(id);
	else attachments.set(id, { id, runtimeId });
}

/** What is left of a pool that was dropped without dispose. */
interface Remains {
	readonly slots: { close(): void };
	readonly attachment: Attachment;
}

/**
 * Closes what the thread has of a pool that was dropped without dispose: what is cached there would be nobody's to take. Held
 * here, since JavaScriptCore drops the callbacks of a registry that nothing refers to.
 */
const dropped =
	typeof FinalizationRegistry === "undefined"
		? undefined
		: new FinalizationRegistry<Remains>(({ slots, attachment }) => {
				slots.close();
				// The thread may have attached anew before the collector told of this.
				if (attachment.pool?.deref() === undefined) detach(attachment);
			});

/** Has what is left of a pool cleared away when it is collected; only where engines tell of that. */
export function clearAwayAfter(pool: object, remains: Remains): void {
	dropped?.register(pool, remains);
}
