import { describe, it } from "node:test";
import { assert } from "chai";
import type { CollectionCauses } from "../../dist/advise/collection-share.js";
import { judgeSites } from "../../dist/advise/judged-site.js";
import type { PriceList } from "../../dist/advise/price-list.js";
import { faultFreeNs, type PriceWindow } from "../../dist/advise/price-windows.js";
import { newAges } from "../../dist/advise/probe/follower.js";
import type { OffHeapSite, ThreadReport } from "../../dist/advise/probe/thread-report.js";
import { type AllocationSite, offHeapSites } from "../../dist/advise/sites.js";

const NO_COLLECTIONS: CollectionCauses = {
	totals: {
		minor: { count: 0, ms: 0 },
		major: { count: 0, ms: 0 },
		forced: { count: 0, ms: 0 },
		heapBytes: 0,
		promotedBytes: 0,
	},
	...{ cpuShare: 1, offHeapBytes: 0, sitedBytes: 0, minorByOffHeap: 0, majorByOffHeap: 0, formula: "" },
};

const prices = (freshNs: number, faults: number): PriceList => ({
	pageFaultNs: 1000,
	of: () => ({ freshNs, faults, pooledNs: 0, avoidedFaults: 1 }),
});

/** A thousand arrays of 64 KiB, as a probe reports them. */
function siteWith(times: readonly number[], size = 65_536): AllocationSite {
	const site: OffHeapSite = {
		...{ file: "/none.js", line: 1, column: 1, functionName: "make", what: "Uint8Array", callers: [] },
		...{ samples: 100, count: 1000, bytes: 1000 * size, slabCount: 0, inHeapCount: 0 },
		...{ smallest: size, largest: size, sizes: [], times, ages: newAges() },
	};
	const [merged] = offHeapSites([
		{ offHeap: { bytes: 0, count: 0, sites: [site] } } as unknown as ThreadReport,
	]);
	return merged as AllocationSite;
}

function savedMs(site: AllocationSite, list: PriceList, pageFaults: number, systemMs: number): number {
	const [judged] = judgeSites([site], { causes: NO_COLLECTIONS, prices: list, pageFaults, systemMs });
	return judged?.own.byPool ?? Number.NaN;
}

describe("what the advisor says that a site costs", () => {
	it("is what its allocations took in the program, not what a loop of them takes elsewhere", () => {
		const timed = siteWith(Array.from({ length: 21 }, () => 500));
		assert.approximately(savedMs(timed, prices(40_000, 0), 0, 0), 0.5, 1e-9);
	});

	it("does not follow the few allocations in which the thread had to wait", () => {
		const times = Array.from({ length: 21 }, (_, at) => (at < 5 ? 9_000_000 : 500));
		assert.approximately(savedMs(siteWith(times), prices(0, 0), 0, 0), 0.5, 1e-9);
	});

	it("is the price of a loop where too few were timed", () => {
		assert.approximately(savedMs(siteWith([1]), prices(2000, 0), 0, 0), 2, 1e-9);
	});

	it("has no more page faults than the program had, and none that the system took no time for", () => {
		const site = siteWith([]);
		assert.approximately(savedMs(site, prices(0, 16), 16_000, 1000), 16, 1e-9, "all of them");
		assert.approximately(savedMs(site, prices(0, 16), 100, 1000), 0.1, 1e-9, "the program had a hundred");
		assert.approximately(savedMs(site, prices(0, 16), 16_000, 3), 3, 1e-9, "the system took 3 ms");
	});

	it("counts a page fault once: the price of the call is without it", () => {
		const faulting: PriceWindow = { cpuNs: 130_000, faults: 8 };
		const calm: PriceWindow = { cpuNs: 5_000, faults: 0 };
		assert.equal(faultFreeNs([faulting, calm, faulting, calm, calm, faulting], 1000), 5_000);
		assert.equal(faultFreeNs([{ cpuNs: 9_000, faults: 8 }], 1000), 1_000);
		assert.equal(faultFreeNs([{ cpuNs: 100, faults: 8 }], 1000), 0, "never below nothing");
	});
});
