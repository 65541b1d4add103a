import { describe, it } from "node:test";
import { assert } from "chai";
import { Follower } from "../../dist/advise/probe/follower.js";
import { SiteTable } from "../../dist/advise/probe/site-table.js";
import type { ThreadReport } from "../../dist/advise/probe/thread-report.js";
import { ViewCounter } from "../../dist/advise/probe/view-counter.js";
import { type AllocationSite, offHeapSites } from "../../dist/advise/sites.js";

/** One site that makes small ones, and one large one for each nine of them. */
function siteOf(small: () => Uint8Array, large: () => Uint8Array): AllocationSite {
	const table = new SiteTable(new Follower(), new ViewCounter());
	for (let at = 0; at < 100; at++) {
		const made = at % 10 === 0 ? large() : small();
		table.record(made, made.byteLength, "Buffer.allocUnsafe", 1);
	}
	const [site] = offHeapSites([
		{ offHeap: { bytes: 0, count: 0, sites: table.list() } } as unknown as ThreadReport,
	]);
	return site as AllocationSite;
}

describe("a site that makes many small ones and few large ones", () => {
	it("is no matter of Node's slab, where most of its bytes are not in it", () => {
		const { slabShare } = siteOf(
			() => Buffer.allocUnsafe(2000),
			() => Buffer.allocUnsafe(256_000),
		);
		assert.approximately(slabShare, (90 * 2000) / (90 * 2000 + 10 * 256_000), 1e-9);
	});

	it("is no matter of V8's heap, where most of its bytes are outside, though it makes as few", () => {
		const { inHeapShare, countInHeap } = siteOf(
			() => new Uint8Array(48),
			() => new Uint8Array(65_536),
		);
		assert.approximately(inHeapShare, (90 * 48) / (90 * 48 + 10 * 65_536), 1e-9);
		assert.equal(countInHeap, 90);
	});
});
