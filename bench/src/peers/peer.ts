/** What every scenario can do with a pool. */
export interface ItemPool<T> {
	get(): T;
	put(item: T): void;
}

/** What can be pooled by every peer: reusify links its items through a field of theirs. */
export interface Linked<T> {
	next: T | null;
}

/**
 * How a nanosecond loop gets at its items: through a pool's methods; from a bare array with `pop` and `push` written into
 * the loop; or with `new` each time.
 */
export type Access = "pool" | "inline" | "fresh";

export interface Peer {
	readonly access: Access;
	create<T extends Linked<T>>(Type: new () => T): ItemPool<T>;
}
