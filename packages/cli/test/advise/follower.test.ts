import { describe, it } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { assert } from "chai";
import type { CountedSite } from "../../dist/advise/probe/counted-site.js";
import { Follower, newAges } from "../../dist/advise/probe/follower.js";
import { collector } from "../../dist/measure/collector.js";

const collect = collector();
const RHYTHM = { minorMs: 1e6, majorMs: 1e6 };

function newSite(): CountedSite {
	return { ages: newAges(), lastFollowed: Number.NEGATIVE_INFINITY } as unknown as CountedSite;
}

function looked({ ages }: CountedSite): number {
	return Object.values(ages).reduce((sum, { dead, alive }) => sum + dead + alive, 0);
}

describe("following samples", () => {
	it("tells of what was dropped in an earlier turn that it is gone", async () => {
		const follower = new Follower();
		const site = newSite();
		follower.follow(site, new ArrayBuffer(100), 100);
		await turn();
		await turn();
		collect();
		follower.look(RHYTHM, true);
		assert.deepEqual(site.ages.minor, { dead: 1, alive: 0 });
	});

	it("says nothing of samples of the job in which the program exits: a weak reference keeps them until it ends", async () => {
		const follower = new Follower();
		const kept = newSite();
		const keptAlive = new ArrayBuffer(100);
		follower.follow(kept, keptAlive, 100);
		await turn();
		await turn();
		const dropped = newSite();
		follower.follow(dropped, new ArrayBuffer(100), 100);
		collect();
		follower.look(RHYTHM, true);
		assert.equal(looked(dropped), 0);
		assert.deepEqual(kept.ages.minor, { dead: 0, alive: 1 });
		assert.equal(keptAlive.byteLength, 100);
	});
});
