import { ObjectPool } from "@smikhalevski/object-pool";
import type { ItemPool, Linked, Peer } from "./peer.ts";

/** Its own methods under our names: no call in between. */
class NamedObjectPool<T> extends ObjectPool<T> implements ItemPool<T> {
	declare readonly get: ObjectPool<T>["take"];
	declare readonly put: ObjectPool<T>["release"];

	static {
		const { take: get, release: put } = ObjectPool.prototype;
		Object.assign(NamedObjectPool.prototype, { get, put });
	}
}

export const objectPool: Peer = {
	access: "pool",
	create: <T extends Linked<T>>(Type: new () => T) => new NamedObjectPool(() => new Type()),
};
