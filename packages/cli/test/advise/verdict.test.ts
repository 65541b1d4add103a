import { describe, it } from "node:test";
import { assert } from "chai";
import type { SiteFlow } from "../../dist/advise/escape/escape-of.js";
import type { JudgedSite } from "../../dist/advise/judged-site.js";
import { newAges } from "../../dist/advise/probe/follower.js";
import type { AgeTable } from "../../dist/advise/probe/thread-report.js";
import type { Savings } from "../../dist/advise/site-costs.js";
import { type Lifetimes, lifetimesOf } from "../../dist/advise/sites.js";
import { adviseOn, type ProgramFacts } from "../../dist/advise/verdict.js";
import { estimateText } from "../../dist/report/estimate.js";
import { allocationSite } from "../support/allocation-site.ts";

const PROGRAM: ProgramFacts = {
	...{ cpuMs: 1000, collectionMs: 100, majorByOffHeap: 1, nodeMajor: 26, tunable: false },
};

const saves = (byPool: number): Savings => ({ byPool, byTuning: 0, inCollections: 0 });

function judged(viewsEach: number, byPool: number, flow?: Partial<SiteFlow>): JudgedSite {
	const own = saves(byPool);
	return {
		site: allocationSite({ what: "Buffer.allocUnsafeSlow", size: 8192, viewsEach }),
		...{ own, group: own, flow: flow as SiteFlow | undefined },
	};
}

describe("the advisor's verdict", () => {
	it("leaves a block alone out of which views are cut and handed on: it is a slab already", () => {
		const { verdict } = adviseOn(judged(44, 300), PROGRAM);
		assert.equal(verdict.remedy, "nothing");
		assert.include(verdict.reason, "it is a slab already: some 44 views");
		assert.approximately(verdict.estimate ?? 0, 1 / 0.7, 1e-9, "what it costs is still said");
	});

	it("says to pool what is as dear and has a view or two", () => {
		assert.equal(adviseOn(judged(2, 300), PROGRAM).verdict.remedy, "pool");
	});

	it("says to reuse a block whose many views stay in the function that makes it", () => {
		const inside = { owner: {} as NonNullable<SiteFlow["owner"]>, escapes: [], isAsync: false };
		assert.equal(adviseOn(judged(44, 300, inside), PROGRAM).verdict.remedy, "variable");
		assert.equal(adviseOn(judged(44, 300, { ...inside, isAsync: true }), PROGRAM).verdict.remedy, "nothing");
	});

	it("says don't where the whole would gain less than a pool is worth", () => {
		assert.equal(adviseOn(judged(0, 40), PROGRAM).verdict.remedy, "nothing");
		assert.equal(adviseOn(judged(0, 60), PROGRAM).verdict.remedy, "pool");
	});

	it("estimates up to five times, which then stands for more", () => {
		const estimate = (byPool: number) => adviseOn(judged(0, byPool), PROGRAM).verdict.estimate ?? 0;
		assert.equal(estimateText(estimate(750)), "4.00×");
		for (const byPool of [800, 990, 1000, 5000]) assert.equal(estimateText(estimate(byPool)), "5× or more");
	});

	it("does not say that something was in use across collections where nobody looked sooner", () => {
		const of = (ages: Partial<AgeTable>) => ({ ...newAges(), ...ages });
		const late = lifetimesOf(of({ older: { dead: 10, alive: 0 } }));
		const seen = lifetimesOf(of({ minor: { dead: 0, alive: 10 }, older: { dead: 10, alive: 0 } }));
		const reason = (lifetimes: Lifetimes | undefined) => {
			const { site, ...costs } = judged(0, 300);
			return adviseOn({ ...costs, site: { ...site, lifetimes } }, PROGRAM).verdict.reason;
		};
		assert.notInclude(reason(late), "in use");
		assert.include(reason(seen), "in use across collections");
	});
});
