import type { CreateContext } from "ebbpool/resource";
import { callBack, cut, type PooledClient } from "./client.ts";
import { duration, type Options } from "./settings.ts";

/**
 * Opens a client's connection, within `connectionTimeoutMillis` and as long as the signal says that somebody wants it.
 *
 * @param settled - called when the client itself is done with it, either way, before it can say anything else
 */
export function connected(
	client: PooledClient,
	options: Options,
	signal: CreateContext["signal"],
	log: (message: string) => void,
	settled: () => void,
): Promise<void> {
	return new Promise((resolve, reject) => {
		let late = false;
		let timer: NodeJS.Timeout | undefined;
		const lateError = (cause?: unknown) =>
			new Error(
				"Connection terminated due to connection timeout",
				cause === undefined ? undefined : { cause },
			);
		const stop = () => {
			if (client.connection === undefined && client.isConnected?.()) return;
			late = true;
			if (client.connection === undefined) client.end(() => {});
			else cut(client);
			// It fails by that, unless it hangs.
			setImmediate(() => reject(lateError()));
		};
		const limit = duration(options, "connectionTimeoutMillis");
		if (limit < Number.POSITIVE_INFINITY) {
			timer = setTimeout(() => {
				stop();
				log("ending client due to timeout");
			}, limit);
		}
		signal.addEventListener("abort", stop);
		callBack(
			client,
			(callback) => client.connect(callback),
			(error) => {
				clearTimeout(timer);
				signal.removeEventListener("abort", stop);
				settled();
				if (!error) resolve();
				else reject(late ? lateError(error) : error);
			},
		);
	});
}
