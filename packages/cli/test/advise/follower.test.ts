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

	it("holds a few megabytes at most: a weak reference keeps memory until a major collection", async () => {
		const follower = new Follower();
		const megabyte = 2 ** 20;
		const sites = Array.from({ length: 64 }, newSite);
		for (const site of sites) {
			follower.follow(site, new ArrayBuffer(8), megabyte);
			await turn();
		}
		follower.look(RHYTHM);
		const followed = sites.reduce((sum, site) => sum + looked(site), 0);
		assert.isAtLeast(followed, 1);
		assert.isAtMost(followed, 4);
	});

	it("follows one that is larger than that by itself", () => {
		const follower = new Follower();
		const site = newSite();
		follower.follow(site, new ArrayBuffer(8), 16 * 2 ** 20);
		follower.look(RHYTHM);
		assert.equal(looked(site), 1);
	});

	it("gives all since the last look the same chance, however long ago they were made", () => {
		const follower = new Follower();
		const [early, late] = [newSite(), newSite()];
		for (const site of [early, late]) {
			for (let made = 0; made < 4000; made++) {
				site.lastFollowed = Number.NEGATIVE_INFINITY;
				follower.follow(site, new ArrayBuffer(8), 8);
			}
		}
		follower.look(RHYTHM);
		assert.equal(looked(early) + looked(late), 512);
		// Six standard deviations.
		assert.approximately(looked(early), 256, 70);
	});
});
