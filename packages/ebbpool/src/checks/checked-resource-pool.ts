import { asyncDisposeSymbol } from "../base/dispose-symbols.ts";
import { inspectSymbol } from "../base/inspect-symbol.ts";
import { endLeakWatch, watchForLeak } from "./leak-watch.ts";
import type { Session } from "./session.ts";
import { here, type Place, traces } from "./traces.ts";
import type { ViolationReport } from "./violation.ts";

interface Lease {
	readonly item: unknown;
	release(): Promise<void>;
	discard(): Promise<void>;
	[inspectSymbol](): string;
}

/** What the check of a resource pool needs of its class. */
export interface LeasingPool {
	readonly name: string | undefined;
	acquire(options?: unknown): Promise<Lease>;
	tryAcquire(): Lease | undefined;
}

type LeasingPoolClass = new (options: unknown, ...others: unknown[]) => LeasingPool;

/** A subclass of `ResourcePool` whose leases are watched; as `checkedPool`. */
export function checkedResourcePool(
	ResourcePool: LeasingPoolClass,
	sessionOf: () => Session,
): LeasingPoolClass {
	return class extends ResourcePool {
		readonly #session: Session;

		constructor(options: unknown, ...others: unknown[]) {
			const session = sessionOf();
			super(options, ...others);
			this.#session = session;
		}

		override acquire(options?: unknown): Promise<Lease> {
			const session = #session in this ? this.#session : undefined;
			if (!session?.watches()) return super.acquire(options);
			const got = here();
			return super.acquire(options).then((lease) => watchLease(lease, got, this.name, session));
		}

		override tryAcquire(): Lease | undefined {
			const session = #session in this ? this.#session : undefined;
			const lease = super.tryAcquire();
			if (lease === undefined || !session?.watches()) return lease;
			return watchLease(lease, here(), this.name, session);
		}
	};
}

/**
 * What the user gets in the place of a lease: it tells of what comes after its end, and can be collected, since the pool knows
 * the lease only.
 */
function watchLease(lease: Lease, got: Place, pool: string | undefined, session: Session): Lease {
	let ended: Place | undefined;
	const report = (report: Omit<ViolationReport, "pool" | "traces">, what: string): ViolationReport => ({
		...report,
		pool,
		traces: traces(["acquired at", got], ["released at", ended], [what, here()]),
	});
	const prototype: object = Object.getPrototypeOf(lease);
	const end = (how: "release" | "discard") => {
		if (ended !== undefined && session.doublePut && session.enabled) {
			const happened = `${how} of a lease that has ended`;
			session.commit(
				report(
					{ kind: "doublePut", happened, remedy: "End a lease once, where it was acquired" },
					"ended again at",
				),
			);
		}
		ended ??= here();
		endLeakWatch(watched);
		return lease[how]();
	};
	const release = { value: () => end("release"), configurable: true };
	const watched: Lease = Object.create(prototype, {
		release,
		discard: { value: () => end("discard"), configurable: true },
		[asyncDisposeSymbol]: release,
		[inspectSymbol]: { value: () => lease[inspectSymbol](), configurable: true },
		item: {
			configurable: true,
			get: () => {
				if (ended !== undefined && session.useAfterPut && session.enabled) {
					const happened = "use of a lease's item after the lease has ended";
					session.commit(
						report(
							{ kind: "useAfterPut", happened, remedy: "Release it when you are done with the item" },
							"used at",
						),
					);
				}
				return lease.item;
			},
		},
	});
	if (session.leaks) watchForLeak(watched, leakReporter(got, pool, session));
	return watched;
}

/** Apart from what refers to the lease: an engine may keep all that the functions of one scope refer to together. */
function leakReporter(got: Place, pool: string | undefined, session: Session): () => void {
	return () => {
		if (!session.enabled) return;
		session.find({
			kind: "leaks",
			pool,
			happened: "a lease was collected without having been released or discarded: its place is lost",
			remedy: "Release it when you are done, also when something throws: await using or use does",
			traces: traces(["acquired at", got]),
		});
	};
}
