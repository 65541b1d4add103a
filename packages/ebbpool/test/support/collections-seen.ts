import {
	constants,
	type NodeGCPerformanceDetail,
	type PerformanceEntry,
	PerformanceObserver,
} from "node:perf_hooks";

/** Entries of the type "gc" have a detail, which Node's type declarations leave out. */
type CollectionEntry = PerformanceEntry & { readonly detail: NodeGCPerformanceDetail };

/** Counts what the engine itself reports: the judge of the clock, too costly to be the clock. */
export class CollectionsSeen {
	minor = 0;
	major = 0;
	readonly #observer = new PerformanceObserver((list) => {
		for (const { detail } of list.getEntries() as CollectionEntry[]) {
			if (detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) this.minor++;
			if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) this.major++;
		}
	});

	constructor() {
		this.#observer.observe({ entryTypes: ["gc"] });
	}

	stop(): void {
		this.#observer.disconnect();
	}
}
