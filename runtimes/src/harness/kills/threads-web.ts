// Web workers, for browsers.
import { afterLife, holdLifeLock } from "./life-lock.ts";
import type { FromVictim, StartVictim, ToVictim, VictimRealm } from "./protocol.ts";

export const startWorker =
	(program: URL): StartVictim =>
	(mark, ended) => {
		const worker = new Worker(program, { type: "module" });
		return {
			worker,
			listen(onMessage, onError) {
				worker.onmessage = ({ data }: MessageEvent<FromVictim>) => onMessage(data);
				worker.onerror = onError;
			},
			kill() {
				worker.terminate();
				return afterLife(mark, ended);
			},
		};
	};

export const ownRealm: VictimRealm = {
	post: (message) => self.postMessage(message),
	listen(onMessage) {
		self.onmessage = ({ data }: MessageEvent<ToVictim>) => onMessage(data);
	},
	begin: holdLifeLock,
};
