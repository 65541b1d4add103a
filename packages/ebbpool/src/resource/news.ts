import { host } from "#host";
import { Events } from "../base/events.ts";
import type { Environment } from "./environment.ts";
import type { ResourcePoolEvents } from "./types.ts";

/** The channels of `diagnostics_channel` for what happens on slow paths; their messages name the pool. */
const channels = {
	open: host.channel("ebbpool:resource:open"),
	close: host.channel("ebbpool:resource:close"),
	error: host.channel("ebbpool:resource:error"),
	leak: host.channel("ebbpool:lease:leak"),
	reject: host.channel("ebbpool:acquire:reject"),
};

/** Tells listeners and channels what happens in a pool, outside of the async context of whoever leads to it. */
export class News<T> extends Events<ResourcePoolEvents<T>> {
	readonly #environment: Environment;
	readonly #pool: string | undefined;

	constructor(environment: Environment, pool: string | undefined) {
		super();
		this.#environment = environment;
		this.#pool = pool;
	}

	/** @returns whether anybody listens to the event */
	tell<E extends keyof ResourcePoolEvents<T>>(
		event: E,
		...args: Parameters<ResourcePoolEvents<T>[E]>
	): boolean {
		return this.has(event) && this.#environment.detached(() => this.emit(event, ...args));
	}

	publish(name: keyof typeof channels, message: object): void {
		const channel = channels[name];
		if (!channel.hasSubscribers) return;
		this.#environment.detached(() => channel.publish({ pool: this.#pool, ...message }));
	}
}
