import { describe, it } from "node:test";
import { assert } from "chai";
import type { CollectionCauses } from "../../dist/advise/collection-share.js";
import type { Price, PriceList } from "../../dist/advise/price-list.js";
import { calmest, faultFreeNs, meanOf, type PriceWindow } from "../../dist/advise/price-windows.js";
import { type Savings, siteCosts } from "../../dist/advise/site-costs.js";
import type { AllocationSite } from "../../dist/advise/sites.js";
import { type Allocations, allocationSite } from "../support/allocation-site.ts";

const NO_COLLECTIONS: CollectionCauses = {
	totals: {
		minor: { count: 0, ms: 0 },
		major: { count: 0, ms: 0 },
		putOff: { count: 0, ms: 0 },
		forced: { count: 0, ms: 0 },
		heapBytes: 0,
		promotedBytes: 0,
	},
	...{ cpuShare: 1, offHeapBytes: 0, sitedBytes: 0, minorByOffHeap: 0, majorByOffHeap: 0, formula: "" },
};

const PAGE_FAULT_NS = 1000;

function prices(price: Partial<Price>): PriceList {
	return {
		pageFaultNs: PAGE_FAULT_NS,
		of: () => ({
			...{ freshNs: 0, pooledNs: 0, faults: 0, avoidedFaults: 1, pauseNs: 0, helperNs: undefined },
			...price,
		}),
	};
}

/** A thousand arrays of 64 KiB. */
function siteWith(times: readonly number[], more: Allocations = {}): AllocationSite {
	return allocationSite({ count: 1000, size: 65_536, times, ...more });
}

interface Program {
	readonly pageFaults?: number;
	readonly systemMs?: number;
	readonly causes?: CollectionCauses;
	readonly helperMs?: number;
}

function costs(site: AllocationSite, price: Partial<Price>, program: Program = {}): Savings {
	const { pageFaults = 0, systemMs = 0, causes = NO_COLLECTIONS, helperMs } = program;
	const evidence = { causes, prices: prices(price), pageFaults, systemMs, helperMs };
	const [own] = siteCosts([site], evidence);
	return own as Savings;
}

function savedMs(site: AllocationSite, price: Partial<Price>, program: Program = {}): number {
	return costs(site, price, program).byPool;
}

describe("what the advisor says that a site costs", () => {
	it("is what its allocations took in the program, not what a loop of them takes elsewhere", () => {
		const timed = siteWith(Array.from({ length: 21 }, () => 500));
		assert.approximately(savedMs(timed, { freshNs: 40_000 }), 0.5, 1e-9);
	});

	it("does not follow the few allocations in which the thread had to wait", () => {
		const times = Array.from({ length: 21 }, (_, at) => (at < 5 ? 9_000_000 : 500));
		assert.approximately(savedMs(siteWith(times), {}), 0.5, 1e-9, "the program had no pages from the system");
		const small = siteWith(times, { size: 100 });
		const most = 0.5 + (5 / 21) * (PAGE_FAULT_NS / 1000);
		assert.approximately(savedMs(small, {}, { pageFaults: 1e6 }), most, 1e-9, "each at most its one page");
	});

	it("has the pages in it that the system gave meanwhile, though most allocations needed none", () => {
		const times = Array.from({ length: 20 }, (_, at) => (at < 5 ? 12_500 : 500));
		assert.approximately(savedMs(siteWith(times), {}, { pageFaults: 1e6 }), 0.5 + 3, 1e-9);
		assert.approximately(
			savedMs(siteWith(times), {}, { pageFaults: 1000 }),
			0.5 + 1,
			1e-9,
			"the program had a thousand",
		);
	});

	it("of a small block is the lower of what the clock shows, which disturbs it, and of the price of a loop", () => {
		const times = Array.from({ length: 21 }, () => 900);
		assert.approximately(savedMs(siteWith(times, { size: 256 }), { freshNs: 300 }), 0.3, 1e-9);
		assert.approximately(savedMs(siteWith(times, { size: 256 }), { freshNs: 3000 }), 0.9, 1e-9);
		assert.approximately(savedMs(siteWith(times), { freshNs: 300 }), 0.9, 1e-9, "not of a large one");
	});

	it("has no more of other threads than the program had", () => {
		const site = siteWith(Array.from({ length: 21 }, () => 500));
		assert.approximately(savedMs(site, { helperNs: 300 }, { helperMs: 0.1 }), 0.6, 1e-9);
		assert.approximately(savedMs(site, { helperNs: 300 }, { helperMs: 9 }), 0.8, 1e-9);
	});

	it("is the price of a loop where too few were timed", () => {
		assert.approximately(savedMs(siteWith([1]), { freshNs: 2000 }), 2, 1e-9);
	});

	it("has no more page faults than the program had, and none that the system took no time for", () => {
		const site = siteWith([]);
		const faulting = { faults: 16 };
		const saved = (pageFaults: number, systemMs: number) => savedMs(site, faulting, { pageFaults, systemMs });
		assert.approximately(saved(16_000, 1000), 16, 1e-9, "all of them");
		assert.approximately(saved(100, 1000), 0.1, 1e-9, "the program had a hundred");
		assert.approximately(saved(16_000, 3), 3, 1e-9, "the system took 3 ms");
	});

	it("counts pages once: those of the call are not those of what is written later", () => {
		const times = Array.from({ length: 20 }, () => 500).fill(12_500, 0, 5);
		const program = { pageFaults: 1e6, systemMs: 1e6 };
		assert.approximately(savedMs(siteWith(times), { faults: 3 }, program), 0.5 + 3, 1e-9);
		assert.approximately(savedMs(siteWith(times), { faults: 5 }, program), 0.5 + 5, 1e-9);
	});

	it("has what other threads take to free it, and no less of collections than such arrays ask for alone", () => {
		const site = siteWith(Array.from({ length: 21 }, () => 500));
		assert.approximately(savedMs(site, { pauseNs: 200, helperNs: 300 }), 0.5 + 0.2 + 0.3, 1e-9);
		const causes: CollectionCauses = {
			...NO_COLLECTIONS,
			totals: { ...NO_COLLECTIONS.totals, major: { count: 9, ms: 10 } },
			...{ offHeapBytes: site.bytes, majorByOffHeap: 1 },
		};
		assert.approximately(savedMs(site, { pauseNs: 200, helperNs: 300 }, { causes }), 0.5 + 10 + 0.3, 1e-9);
		assert.approximately(savedMs(site, { pauseNs: 200 }, { causes }), 0.5 + 13, 1e-9, "where nobody tells");
	});

	it("credits the allocator's settings with no more than they were seen to avoid", () => {
		const times = Array.from({ length: 20 }, () => 500).fill(12_500, 0, 5);
		const program = { pageFaults: 1e6 };
		assert.equal(costs(siteWith(times), { faults: 0 }, program).byTuning, 0);
		assert.approximately(costs(siteWith(times), { faults: 1 }, program).byTuning, 1, 1e-9);
	});

	it("counts a page fault once: the price of the call is without it", () => {
		const window = (cpuNs: number, faults: number): PriceWindow => ({
			...{ calls: 10, pauseNs: 0, helperNs: undefined },
			...{ cpuNs, faults },
		});
		const faulting = window(130_000, 8);
		const calm = window(5_000, 0);
		assert.equal(faultFreeNs([faulting, calm, faulting, calm, calm, faulting], 1000), 5_000);
		assert.equal(faultFreeNs([window(9_000, 8)], 1000), 1_000);
		assert.equal(faultFreeNs([window(100, 8)], 1000), 0, "never below nothing");
		assert.deepEqual(calmest([faulting, calm, faulting, calm]), [calm, calm]);
	});

	it("is a mean over calls, not over the windows in which they were made", () => {
		const windows = [
			{ ...{ calls: 30, cpuNs: 0, faults: 0, helperNs: 0 }, pauseNs: 100 },
			{ ...{ calls: 10, cpuNs: 0, faults: 0, helperNs: undefined }, pauseNs: 500 },
		];
		assert.equal(
			meanOf(windows, ({ pauseNs }) => pauseNs),
			200,
		);
		assert.isUndefined(meanOf(windows, ({ helperNs }) => helperNs));
	});
});
