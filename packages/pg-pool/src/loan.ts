import type { ResourceLease } from "ebbpool/resource";
import type { PooledClient } from "./client.ts";

/** Gives a client back, with an error or `true` to have it closed. */
export type Release = (broken?: Error | boolean) => void;

export type Lent<C> = C & { release: Release };

/**
 * One loan of a client, which its `release` ends, once. As in `pg-pool`, that is set on the client itself at each loan:
 * users find the same object each time, and may keep what they know of it by that. The price is that nobody can tell a
 * second `client.release()` of the last user from the first one of the next.
 */
export class Loan<C extends PooledClient> {
	/** What the user sees. */
	readonly client: Lent<C>;
	/** From the start of the loan until its end. */
	lease: ResourceLease<C> | undefined;
	ended = false;
	readonly #giveBack: (loan: Loan<C>, broken?: Error | boolean) => void;

	constructor(client: C, giveBack: (loan: Loan<C>, broken?: Error | boolean) => void) {
		this.client = this.show(client);
		this.#giveBack = giveBack;
	}

	protected show(client: C): Lent<C> {
		return client as Lent<C>;
	}

	begin(lease: ResourceLease<C>): void {
		this.lease = lease;
		this.client.release = (broken) => this.#giveBack(this, broken);
	}
}
