import { describe, it } from "node:test";
import { assert } from "chai";
import { collectionCauses } from "../../dist/advise/collection-share.js";
import type { ThreadReport } from "../../dist/advise/probe/thread-report.js";

const none = { count: 0, ms: 0 };

function nativeBytes(sitedBytes: number, allOffHeap: ThreadReport["allOffHeap"]): number {
	const thread = {
		...{ isMainThread: true, v8: "13.6", wallMs: 10_000, cpuMs: 1, activeMs: 1, allOffHeap },
		offHeap: { bytes: sitedBytes, count: 1, sites: [] },
		collections: { minor: none, major: none, putOff: none, forced: none, heapBytes: 0, promotedBytes: 0 },
	};
	const causes = collectionCauses([thread as unknown as ThreadReport]);
	return causes.offHeapBytes - causes.sitedBytes;
}

describe("what native code allocates for itself", () => {
	it("is taken to go on as in the window in which it was counted", () => {
		assert.equal(nativeBytes(5e6, { ms: 1000, bytes: 700, sitedBytes: 500 }), 2000);
	});

	it("is not blown up where next to nothing was sited in that window", () => {
		assert.equal(nativeBytes(56e6, { ms: 1000, bytes: 20_000, sitedBytes: 100 }), 199_000);
		assert.equal(nativeBytes(56e6, { ms: 1000, bytes: 20_000, sitedBytes: 0 }), 200_000);
	});

	it("is nothing where no window was, or all of it was sited", () => {
		assert.equal(nativeBytes(56e6, undefined), 0);
		assert.equal(nativeBytes(56e6, { ms: 1000, bytes: 400, sitedBytes: 500 }), 0);
	});
});
