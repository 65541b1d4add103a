import { channel } from "#host";
import { Events } from "../base/events.ts";
import type { Channel } from "../base/host/host.ts";
import type { Room } from "./room.ts";
import type { ResourcePoolEvents } from "./types.ts";

/** Of `diagnostics_channel`, for what happens on slow paths. */
const channels: Readonly<Record<string, Channel>> = Object.fromEntries(
	["open", "close", "error", "leak", "reject"].map((event) => [event, channel(`ebbpool:resource:${event}`)]),
);

/** Tells listeners and channels what happens in a pool, outside of the async context of whoever leads to it. */
export class News<T> extends Events<ResourcePoolEvents<T>> {
	readonly #room: Room;
	readonly #pool: string | undefined;

	constructor(room: Room, pool: string | undefined, changed: () => void) {
		super(changed);
		this.#room = room;
		this.#pool = pool;
	}

	/** @returns whether anybody listens to the event */
	tell<E extends keyof ResourcePoolEvents<T>>(
		event: E,
		...args: Parameters<ResourcePoolEvents<T>[E]>
	): boolean {
		this.publish(event, ...args);
		if (!this.has(event)) return false;
		this.#room.outside(() => this.emit(event, ...args));
		return true;
	}

	/** Tells the channel alone. */
	publish(event: string, ...args: unknown[]): void {
		const found = channels[event];
		if (found?.hasSubscribers) this.#room.outside(() => found.publish({ pool: this.#pool, event, args }));
	}
}
