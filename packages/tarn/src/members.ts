import type { ResourceLease } from "ebbpool/resource";

interface Member<T> {
	/** While it is out. */
	lease: ResourceLease<T> | undefined;
	/** When it was opened, or given back last. */
	idleSince: number;
	/** Further leases, where `create` made the same one several times and it is out as often. */
	others: ResourceLease<T>[] | undefined;
	/** How often it is open. */
	count: number;
}

/** What is known of each resource that is open. `create` may make the same one again, as tests' do. */
export class Members<T> {
	readonly #members = new Map<T, Member<T>>();

	add(resource: T): void {
		const member = this.#members.get(resource);
		if (member !== undefined) member.count++;
		else {
			const idleSince = Date.now();
			this.#members.set(resource, { lease: undefined, idleSince, others: undefined, count: 1 });
		}
	}

	remove(resource: T): void {
		const member = this.#members.get(resource);
		if (member !== undefined && --member.count === 0) this.#members.delete(resource);
	}

	lent(lease: ResourceLease<T>): void {
		const member = this.#members.get(lease.item) as Member<T>;
		if (member.lease === undefined) member.lease = lease;
		else {
			member.others ??= [];
			member.others.push(lease);
		}
	}

	/** @returns the lease that is to end, if it is out */
	givenBack(resource: T): ResourceLease<T> | undefined {
		const member = this.#members.get(resource);
		if (member?.lease === undefined) return undefined;
		const { lease } = member;
		member.lease = member.others?.pop();
		member.idleSince = Date.now();
		return lease;
	}

	idleSince(resource: T): number {
		return this.#members.get(resource)?.idleSince ?? 0;
	}
}
