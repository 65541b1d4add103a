import { describe, it } from "node:test";
import { assert } from "chai";
import { Sampler } from "../../dist/advise/probe/sampler.js";

describe("sampling of allocations", () => {
	it("estimates the count of allocations of every size without bias, at any rate", () => {
		let time = 0;
		const sampler = new Sampler(() => time);
		const sizes = [2000, 50_000, 1_000_000];
		const estimated = sizes.map(() => 0);
		const rounds = 20_000;
		for (let round = 0; round < rounds; round++) {
			time += 1;
			for (const [at, size] of sizes.entries()) {
				if (sampler.take(size)) estimated[at] = (estimated[at] as number) + sampler.weigh(size);
			}
		}
		// The smallest is sampled some fifty times: five standard deviations.
		const tolerances = [0.75, 0.2, 0.05];
		for (const [at, count] of estimated.entries()) {
			assert.approximately(count / rounds, 1, tolerances[at] as number, `${sizes[at]} bytes`);
		}
	});

	it("samples so many a second at most, however much is allocated", () => {
		let time = 0;
		const sampler = new Sampler(() => time);
		let samples = 0;
		const milliseconds = 10_000;
		for (; time < milliseconds; time += 0.001) {
			if (!sampler.take(1000)) continue;
			sampler.weigh(1000);
			samples++;
		}
		assert.isBelow(samples / (milliseconds / 1000), 1500);
		assert.isAbove(samples, 500);
	});
});
