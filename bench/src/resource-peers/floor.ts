import { type ResourcePeer, Stub } from "./peer.ts";

/** The least that promises allow: an array of resources and a list of resolve functions; no limit and no lease. */
export const floor: ResourcePeer = {
	modes: ["defaults", "off"],
	create(max) {
		const idle = Array.from({ length: max }, () => new Stub());
		let waiting: ((stub: Stub) => void)[] = [];
		let next = 0;
		const wait = (resolve: (stub: Stub) => void): void => {
			waiting.push(resolve);
		};
		return {
			acquire(): Promise<Stub> {
				const stub = idle.pop();
				return stub === undefined ? new Promise(wait) : Promise.resolve(stub);
			},
			release(stub): void {
				const resolve = waiting[next++];
				if (resolve !== undefined) {
					resolve(stub as Stub);
				} else {
					waiting = [];
					next = 0;
					idle.push(stub as Stub);
				}
				if (next > 10_000 && 2 * next > waiting.length) {
					waiting = waiting.slice(next);
					next = 0;
				}
			},
			end() {},
		};
	},
};
