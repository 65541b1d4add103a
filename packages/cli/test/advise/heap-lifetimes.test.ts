import { describe, it } from "node:test";
import { assert } from "chai";
import type { HeapWindow, HeapWindowKind, ThreadReport } from "../../dist/advise/probe/thread-report.js";
import { heapSites } from "../../dist/advise/sites.js";

/** A thread that in windows of a second allocated so many bytes at one site. */
function thread(...windows: readonly (readonly [HeapWindowKind, number])[]): ThreadReport {
	const heapWindows = windows.map(([kind, bytes]): HeapWindow => {
		const position = { file: "/a.js", line: 1, column: 1, functionName: "make", through: undefined };
		return { kind, ms: 1000, sites: bytes === 0 ? [] : [{ ...position, samples: 1, count: 1, bytes }] };
	});
	return { wallMs: windows.length * 1000, heapWindows } as unknown as ThreadReport;
}

describe("the lifetimes of what is made in the heap", () => {
	it("are by what was left of it where it is made all the time", () => {
		const [site] = heapSites([thread(["all", 100], ["survivors", 30], ["live", 10], ["all", 100])]);
		assert.approximately(site?.lifetimes?.minor ?? 0, 0.7, 1e-9);
		assert.approximately(site?.lifetimes?.major ?? 0, 0.2, 1e-9);
		assert.approximately(site?.lifetimes?.retained ?? 0, 0.1, 1e-9);
		assert.equal(site?.lifetimes?.samples, 4);
	});

	it("are not told of what was made before anybody looked, or after: it may well be there still", () => {
		const early = heapSites([thread(["all", 100], ["survivors", 0], ["live", 0], ["all", 0])]);
		const late = heapSites([thread(["all", 0], ["survivors", 0], ["live", 0], ["all", 100])]);
		const short = heapSites([thread(["all", 100], ["survivors", 0], ["live", 0])]);
		for (const [site] of [early, late, short]) {
			assert.equal(site?.samples, 1);
			assert.isUndefined(site?.lifetimes);
		}
	});

	it("are those of threads in which somebody looked, and not of those that ended before", () => {
		const watched = thread(["all", 100], ["survivors", 100], ["live", 100], ["all", 100]);
		const brief = thread(["all", 900]);
		const [site] = heapSites([brief, watched]);
		assert.equal(site?.lifetimes?.retained, 1);
		assert.isUndefined(heapSites([brief])[0]?.lifetimes);
	});
});
