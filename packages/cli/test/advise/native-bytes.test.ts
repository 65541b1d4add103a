import { describe, it } from "node:test";
import { assert } from "chai";
import { buildReport } from "../../dist/advise/build-report.js";
import { collectionCauses } from "../../dist/advise/collection-share.js";
import type { ThreadReport } from "../../dist/advise/probe/thread-report.js";
import { textReport } from "../../dist/advise/text-report.js";

const none = { count: 0, ms: 0 };

function threadOf(sitedBytes: number, allOffHeap: ThreadReport["allOffHeap"]): ThreadReport {
	const thread = {
		...{
			isMainThread: true,
			complete: true,
			node: "v24.0.0",
			v8: "13.6",
			wallMs: 10_000,
			cpuMs: 1,
			activeMs: 1,
			allOffHeap,
		},
		offHeap: { bytes: sitedBytes, count: 1, sites: [] },
		collections: { minor: none, major: none, putOff: none, forced: none, heapBytes: 0, promotedBytes: 0 },
		heapWindows: [],
	};
	return thread as unknown as ThreadReport;
}

function nativeBytes(sitedBytes: number, allOffHeap: ThreadReport["allOffHeap"]): number {
	const causes = collectionCauses([threadOf(sitedBytes, allOffHeap)]);
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

	it("is not said to be nothing where the program ended before it was counted", async () => {
		const told = async (thread: ThreadReport): Promise<readonly [number | undefined, string]> => {
			const result = await buildReport({
				...{ command: ["node"], began: new Date(), ending: { code: 0, signal: null, timeOver: false } },
				...{ interrupted: false, threads: [thread], heapProfile: undefined },
			});
			return [result.report.nativeBytes, textReport(result, { color: false, sites: 1 })];
		};
		const [unknown, short] = await told(threadOf(56e6, undefined));
		assert.isUndefined(unknown);
		assert.include(short, "by native code nobody knows how much");
		const [none, long] = await told(threadOf(56e6, { ms: 1000, bytes: 400, sitedBytes: 400 }));
		assert.equal(none, 0);
		assert.include(long, "0 B by native code");
	});

	it("is nothing where no window was, or all of it was sited", () => {
		assert.equal(nativeBytes(56e6, undefined), 0);
		assert.equal(nativeBytes(56e6, { ms: 1000, bytes: 400, sitedBytes: 500 }), 0);
	});
});
