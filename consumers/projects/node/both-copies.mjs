// A program that uses both builds at once: they share the clock, the pools of all threads, and `instanceof`.
import { createRequire } from "node:module";
import * as esm from "ebbpool";
import * as esmBytes from "ebbpool/bytes";
import * as esmChecks from "ebbpool/checks";
import * as esmMetrics from "ebbpool/metrics";
import * as esmResource from "ebbpool/resource";
import * as esmShared from "ebbpool/shared";

const require = createRequire(import.meta.url);
/** @type {typeof esm} */
const cjs = require("ebbpool");
/** @type {typeof esmBytes} */
const cjsBytes = require("ebbpool/bytes");
/** @type {typeof esmChecks} */
const cjsChecks = require("ebbpool/checks");
/** @type {typeof esmMetrics} */
const cjsMetrics = require("ebbpool/metrics");
/** @type {typeof esmResource} */
const cjsResource = require("ebbpool/resource");
/** @type {typeof esmShared} */
const cjsShared = require("ebbpool/shared");

/** @param {boolean} holds @param {string} expected */
function expect(holds, expected) {
	if (!holds) throw new Error(`expected ${expected}`);
}

const ESM = { ...esm, ...esmBytes, ...esmChecks, ...esmMetrics, ...esmResource, ...esmShared };
const CJS = { ...cjs, ...cjsBytes, ...cjsChecks, ...cjsMetrics, ...cjsResource, ...cjsShared };
expect(CJS.Pool !== ESM.Pool, "two copies");

for (const [one, other] of [
	[ESM, CJS],
	[CJS, ESM],
]) {
	const pool = new one.Pool();
	pool.put({});
	other.poolCleanup();
	expect(pool.stats().victim === 1, "one clock for both copies");
	const named = new one.Pool({ name: "listed" });
	expect(
		other.listPools().some(({ stats }) => stats.name === "listed"),
		"one list of pools for both copies",
	);
	named[Symbol.dispose]?.();

	const objects = {
		Pool: pool,
		BufferPool: new one.BufferPool(),
		ByteBuffer: new one.ByteBuffer(),
		ResourcePool: new one.ResourcePool({ create: () => ({}) }),
		SharedPool: one.SharedPool.create({ slotSize: 16, slots: 4 }),
		PoolError: thrownBy(() => new one.Pool({ unknown: 1 })),
		PoolViolation: violationOf(one),
	};
	for (const [name, object] of Object.entries(objects)) {
		for (const [theirs, made] of Object.entries(objects)) {
			const isOne = theirs === name || (name === "PoolError" && theirs === "PoolViolation");
			expect(made instanceof one[name] === isOne, `${theirs} instanceof ${name} to be ${isOne}`);
			expect(made instanceof other[name] === isOne, `${theirs} instanceof the other ${name} to be ${isOne}`);
		}
		if (name === "SharedPool") continue;
		class Special extends other[name] {}
		expect(!(object instanceof Special), `no ${name} to be of a subclass of the other copy's`);
	}

	const buffer = new one.ByteBuffer();
	const source = new other.ByteBuffer();
	source.writeString("copies");
	buffer.write(source);
	expect((await buffer.readFrom(source)) === 6 && source.length === 0, "a buffer to be read into another");
	expect((await buffer.writeTo(source)) === 12, "a buffer to be written to another");
	expect(source.toString() === "copiescopies", "the text of both buffers");
}

const shared = ESM.SharedPool.create({ slotSize: 16, slots: 4 });
expect(CJS.SharedPool.attach(shared.handle) === shared, "the same shared pool");
const { fields } = ESM.SharedPool.create({ layout: CJS.struct({ id: "u32" }), slots: 4 }).get();
fields.id = 7;
expect(fields.id === 7, "the other copy's struct to do");
console.log("well");

function thrownBy(work) {
	try {
		work();
	} catch (error) {
		return error;
	}
	throw new Error("expected an error");
}

function violationOf({ enableChecks, Pool }) {
	const disable = enableChecks();
	try {
		const pool = new Pool(() => ({}));
		const item = pool.get();
		pool.put(item);
		return thrownBy(() => pool.put(item));
	} finally {
		disable();
	}
}
