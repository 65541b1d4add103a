import { describe, it } from "node:test";
import { assert } from "chai";
import { OffHeapCounter } from "../../dist/advise/probe/off-heap.js";
import { isOwnCode } from "../../dist/advise/probe/own-code.js";

const MB = 2 ** 20;

describe("memory outside the heap", () => {
	it("that the probe takes for itself is not counted", () => {
		const counter = new OffHeapCounter();
		const make = (): number => counter.call("Buffer.alloc", () => Buffer.alloc(MB)).byteLength;
		counter.apart(make);
		assert.deepEqual(counter.report(), { bytes: 0, count: 0, sites: [] });
		make();
		assert.equal(counter.bytes, MB);
		assert.lengthOf(counter.report().sites, 1);
	});

	it("is taken for the probe's own by all modules that run in it, wherever they are", () => {
		const module = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;
		for (const path of ["advise/probe/spool.js", "measure/thread-cpu.js", "measure/collector.js"])
			assert.isTrue(isOwnCode(module(path)), path);
		assert.isFalse(isOwnCode(module("workloads/points.js")));
	});
});
