import { channel } from "#host";
import type { Channel } from "../base/host/host.ts";
import { instrument } from "../base/instrument.ts";

const channels: Record<string, Channel> = {};

/**
 * Has the pools tell of their slow paths on channels of `diagnostics_channel` from now on. They ask a slot that is empty
 * before: who does not load this pays nothing, not even for the code.
 */
export function publishSlowPaths(): void {
	instrument.publish ??= (name, pool, ...args) => {
		const found = channels[name] ?? channel(`ebbpool:${name}`);
		channels[name] = found;
		if (found.hasSubscribers) found.publish({ pool, event: name.split(":")[1], args });
	};
}

publishSlowPaths();
