import { describe, test } from "node:test";
import { assert } from "chai";
import { BareEngine, portableEntries } from "./support/bare-engine.ts";

/** What an engine may lack of the language itself; the bare engine has nothing else. */
const LACKS = {
	nothing: "",
	FinalizationRegistry: "delete globalThis.FinalizationRegistry",
	WeakRef: "delete globalThis.WeakRef",
	SharedArrayBuffer: "delete globalThis.SharedArrayBuffer",
	"Atomics.waitAsync": "delete Atomics.waitAsync",
	Atomics: "delete globalThis.Atomics",
	BigInt64Array: "delete globalThis.BigInt64Array; delete globalThis.BigUint64Array",
	WebAssembly: "delete globalThis.WebAssembly",
	Intl: "delete globalThis.Intl",
	"Symbol.dispose": "delete Symbol.dispose; delete Symbol.asyncDispose",
};

describe("an engine without any host", () => {
	for (const [lack, removal] of Object.entries({
		...LACKS,
		"all of these": Object.values(LACKS).join(";"),
	})) {
		test(`importing any entry never throws where it lacks ${lack}`, () => {
			for (const name of portableEntries) {
				const engine = new BareEngine();
				engine.run(removal);
				try {
					engine.require(name);
				} catch (error) {
					assert.fail(`${name}: ${error}`);
				}
			}
		});

		test(`a pool gives items back and ages where it lacks ${lack}`, () => {
			const engine = new BareEngine();
			engine.run(removal);
			const { Pool, poolCleanup } = engine.require("ebbpool");
			const pool = new Pool(() => ({}));
			const item = pool.get();
			pool.put(item);
			assert.equal(pool.get(), item);
			pool.put(item);
			poolCleanup();
			poolCleanup();
			assert.notEqual(pool.get(), item);
		});
	}
});
