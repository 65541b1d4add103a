/** What a peer is measured with: as its users get it, with every limit in time off, or with asynchronous hooks. */
export type Mode = "defaults" | "off" | "hooks";

/** What every pool of connections can do. */
export interface Borrowing<R> {
	acquire(): PromiseLike<R>;
	release(resource: R): unknown;
	/** Closes everything: some pools keep the process alive until then. */
	end(): unknown;
}

export interface ResourcePeer {
	/** Which modes the peer has. */
	readonly modes: readonly Mode[];
	create(max: number, mode: Mode): Borrowing<unknown>;
}

/** What is pooled: nothing that takes time. */
export class Stub {
	readonly id = 1;
}

export const NO_LIMIT = Number.POSITIVE_INFINITY;
