// A program that uses both builds at once: they share the clock, the pools of all threads, and `instanceof`.
import { createRequire } from "node:module";
import * as esm from "ebbpool";
import * as esmShared from "ebbpool/shared";

const require = createRequire(import.meta.url);
/** @type {typeof esm} */
const cjs = require("ebbpool");
/** @type {typeof esmShared} */
const cjsShared = require("ebbpool/shared");
if (cjs.Pool === esm.Pool) throw new Error("expected two copies");

for (const [one, other] of [
	[esm, cjs],
	[cjs, esm],
]) {
	const pool = new one.Pool();
	pool.put({});
	other.poolCleanup();
	if (pool.stats().victim !== 1) throw new Error("expected one clock for both copies");
	try {
		new one.Pool({ unknown: 1 });
	} catch (error) {
		if (!(error instanceof other.PoolError)) throw new Error("expected one PoolError for both copies");
	}
}

const shared = esmShared.SharedPool.create({ slotSize: 16, slots: 4 });
if (cjsShared.SharedPool.attach(shared.handle) !== shared) throw new Error("expected the same shared pool");
const { fields } = esmShared.SharedPool.create({
	layout: cjsShared.struct({ id: "u32" }),
	slots: 4,
}).get();
fields.id = 7;
if (fields.id !== 7) throw new Error("expected the other copy's struct to do");
console.log("well");
