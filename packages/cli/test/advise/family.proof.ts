import { describe, it } from "node:test";
import { assert } from "chai";
import { advise } from "../support/advise.ts";

describe("threads and processes of a program", () => {
	it("are watched, workers and children included, and one that was killed is named as lost", async () => {
		const { report, stderr } = await advise("family.js");
		const site = report.sites.find(({ what }) => what === "Float64Array");
		assert.include(site?.position?.file, "family.ts");
		assert.equal(site?.functionName, "churn");
		// Each of the three allocated 2,000; the killed one wrote its last report before its last allocations.
		assert.isAbove(site?.count ?? 0, 3000);
		assert.isBelow(site?.count ?? 0, 7500);
		assert.lengthOf(report.program.lost, 1);
		assert.match(
			report.program.lost[0] ?? "",
			/^process \d+ \(.*family\.js killed\) was ended before it could report/u,
		);
		assert.include(stderr, "lost: process");
		assert.isAtLeast(report.program.watched, 4);
	});
});

describe("a program without an end", () => {
	it("is reported on when it is interrupted", async () => {
		const { status, report, stderr } = await advise("forever.js", { signal: "SIGINT" });
		assert.equal(status, 128 + 2);
		assert.isTrue(report.interrupted);
		assert.deepEqual(report.program.lost, []);
		assert.match(stderr, /Uint8Array at .*forever\.ts:3:9 \(answer\)/u);
	});

	it("is reported on when it is interrupted while its event loop never turns", async () => {
		const { status, report } = await advise("busy.js", { signal: "SIGINT" });
		assert.equal(status, 128 + 2);
		assert.isTrue(report.interrupted);
		assert.equal(report.sites[0]?.functionName, "spin");
		assert.lengthOf(report.program.lost, 1);
	});

	it("is ended after --seconds, which is no failure", async () => {
		const { status, report } = await advise("forever.js", { options: ["--seconds", "1"] });
		assert.equal(status, 0);
		assert.isFalse(report.interrupted);
		assert.equal(report.sites[0]?.what, "Uint8Array");
	});
});
