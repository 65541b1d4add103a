import { describe, it } from "node:test";
import { runInNewContext } from "node:vm";
import { assert } from "chai";
import { isChosen } from "../../dist/advise/probe/chosen-flags.js";
import { collector } from "../../dist/measure/collector.js";

describe("flags of V8 that the user has chosen", () => {
	it("are found however they are written", () => {
		const flag = /^--heap-growing-percent/u;
		assert.isTrue(isChosen(flag, ["--inspect", "--heap-growing-percent=20"]));
		assert.isTrue(isChosen(flag, ["--heap_growing_percent", "20"]));
		assert.isFalse(isChosen(flag, ["--title=heap-growing-percent"]));
	});

	it("stay: where contexts have a gc, those made after the probe has used it have one too", () => {
		assert.equal(runInNewContext("typeof gc"), "function", "tests run with --expose-gc");
		collector()();
		assert.equal(runInNewContext("typeof gc"), "function");
	});
});
