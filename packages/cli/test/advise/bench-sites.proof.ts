import { describe, it } from "node:test";
import { assert } from "chai";
import { advise } from "../support/advise.ts";

/** What the fresh variants allocate outside the heap in their loops: by file and function. */
const SITES: Readonly<Record<string, readonly (readonly [file: string, what: string])[]>> = {
	frame: [["workloads/frame.ts", "Buffer.allocUnsafe"]],
	lines: [["workloads/scratch.ts", "Buffer.allocUnsafe"]],
	encode: [["workloads/encode.ts", "Buffer.from"]],
	deflate: [["workloads/deflate.ts", "zlib.deflateRawSync"]],
	http: [["workloads/scratch.ts", "Buffer.allocUnsafe"]],
	json: [["workloads/json.ts", "Buffer.from"]],
	websocket: [
		["workloads/websocket.ts", "zlib.deflateRawSync"],
		["workloads/websocket.ts", "Buffer.allocUnsafe"],
	],
	stream: [["workloads/stream.ts", "Buffer.allocUnsafe"]],
	"pipeline-transfer": [["workloads/transport.ts", "Uint8Array"]],
};

describe("the advisor on the fresh variants of ebbpool bench", () => {
	for (const [workload, expected] of Object.entries(SITES)) {
		it(`names what ${workload} allocates outside the heap, by file, line and column`, async () => {
			const { report } = await advise("fresh-workload.js", { args: [workload, "1200"] });
			const offHeap = report.sites.filter(({ memory }) => memory === "off-heap");
			for (const [file, what] of expected) {
				const site = offHeap.find((one) => one.what === what && one.position?.file.endsWith(file));
				assert.isDefined(site, `${what} in ${file}: ${offHeap.map(({ what: one }) => one).join(", ")}`);
				assert.isAbove(site?.position?.line ?? 0, 1);
				assert.isNumber(site?.position?.column);
			}
		});
	}

	it("says don't for points, whose objects are small, and names the function that makes them", async () => {
		const { report, stderr } = await advise("fresh-workload.js", { args: ["points", "1500"] });
		assert.include(stderr, "Don't pool anything here");
		assert.deepEqual(
			report.sites.map(({ verdict }) => verdict.remedy).filter((remedy) => remedy !== "nothing"),
			[],
		);
		const heap = report.sites.filter(({ memory }) => memory === "heap");
		assert.isTrue(heap.some(({ position }) => position?.file.endsWith("workloads/points.ts")));
	});
});
