import { describe, it } from "node:test";
import { assert } from "chai";
import { advise } from "../support/advise.ts";

describe("blocks from which a program cuts what it hands out", () => {
	it("are left alone, in whatever way the views are made, while those handed out whole are judged by their cost", async () => {
		const { report } = await advise("slab.js");
		const verdictOn = (name: string) =>
			report.sites.find(({ functionName, memory }) => memory === "off-heap" && functionName === name)
				?.verdict;
		const slab = verdictOn("nextBlock");
		assert.equal(slab?.remedy, "nothing");
		const [, views = ""] = /^it is a slab already: some (\d+) views/u.exec(slab?.reason ?? "") ?? [];
		assert.approximately(Number(views), 40, 12, slab?.reason);
		assert.notInclude(verdictOn("whole")?.reason, "slab already");
	});
});
