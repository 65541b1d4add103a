import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { assert } from "chai";
import { advise } from "../support/advise.ts";
import { scratchFolder } from "../support/scratch.ts";

describe("ebbpool advise --prove", () => {
	const file = scratchFolder();

	it("pools what is safe to pool, measures it, writes it as a patch, and refuses the rest with a reason", async () => {
		const patch = file("change.patch");
		const { status, report, stderr } = await advise("prove-me.js", {
			options: ["--prove", "--patch", patch],
		});
		assert.equal(status, 0, stderr);
		const proofOf = (functionName: string) => {
			const index = report.sites.findIndex(
				(site) => site.functionName === functionName && site.memory === "off-heap",
			);
			return report.proofs.find(({ site }) => site === index);
		};
		const made = proofOf("histogram");
		assert.isUndefined(made?.refused, stderr);
		assert.isAbove(made?.gain?.median ?? 0, 0);
		assert.isAtMost(made?.gain?.low ?? Number.NaN, made?.gain?.median ?? Number.NaN);
		assert.match(proofOf("frame")?.refused ?? "", /may outlive the call/u);
		const text = await readFile(patch, "utf8");
		assert.match(text, /^--- a\/.*prove-me\.js\n\+\+\+ b\/.*prove-me\.js\n@@ /u);
		assert.match(text, /^\+.*from "ebbpool"/mu);
		assert.match(text, /^\+.*const table = ebbPool1\.get\(\); try \{$/mu);
		assert.include(stderr, "less CPU for the same work");
	});

	it("measures nothing when the command no longer ends as it did", async () => {
		const command = `node -e "process.exit(process.env.EBBPOOL_ADVISE_TRIAL && require('fs').readFileSync(process.env.EBBPOOL_ADVISE_TRIAL,'utf8').includes('EbbPool') ? 3 : 0)"`;
		const { report, stderr } = await advise("prove-me.js", { options: ["--prove", "--command", command] });
		assert.include(stderr, "ended with 3 instead of 0, so nothing was measured");
		assert.isTrue(report.proofs.every(({ gain }) => gain === undefined));
	});
});
