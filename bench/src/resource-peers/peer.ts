/**
 * What a peer is measured with: as its users get it; with every limit in time off; with the same limits in each, {@link LIMITS},
 * and no other; or with asynchronous hooks.
 */
export type Mode = "defaults" | "off" | "limits" | "hooks";

/** The limits that every peer has, in milliseconds: how long a borrower waits, and how long an idle resource is kept. */
export const LIMITS = { acquire: 30_000, idle: 10_000 };

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
