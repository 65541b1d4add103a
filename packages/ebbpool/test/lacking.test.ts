import { describe, test } from "node:test";
import { assert } from "chai";
import { BareEngine, portableEntries } from "./support/bare-engine.ts";

/** What a language without these would not be: no engine parses the syntax and has none of them. */
const BASE = [
	"Object",
	"Function",
	"Array",
	"Number",
	"Boolean",
	"String",
	"Symbol",
	"Error",
	"Math",
	"globalThis",
];

/** Turns the checks on for what is loaded after it. */
const REGISTER = "ebbpool/checks/register";

/** What hosts add to the language, as far as the library knows of it. */
const HOST = [
	"AbortController",
	"AbortSignal",
	"Blob",
	"Event",
	"EventTarget",
	"MessageChannel",
	"ReadableStream",
	"Response",
	"TextDecoder",
	"TextEncoder",
	"WritableStream",
	"clearInterval",
	"clearTimeout",
	"console",
	"crypto",
	"navigator",
	"performance",
	"process",
	"queueMicrotask",
	"setImmediate",
	"setInterval",
	"setTimeout",
	"structuredClone",
] as const;

const LANGUAGE = new BareEngine().run("Object.getOwnPropertyNames(globalThis)") as readonly string[];

/** Programs that run in an engine, with the entry points by name. */
const USES: Readonly<Record<string, string>> = {
	pool: `
		const pool = new core.Pool({ new: () => ({}), reset() {}, keep: () => true, dispose() {}, stats: true, order: "victim-first" });
		const item = pool.get();
		pool.put(item);
		pool.use((each) => each);
		pool.lease().release();
		core.poolCleanup();
		pool.discard(pool.get());
		core.onMajorGC(() => {})();
		core.configure({ minAge: 10 });
		pool.clear();
		if (pool.stats().gets !== 4) throw new Error("four gets expected");
		pool[Symbol.dispose ?? Symbol.for("Symbol.dispose")]();`,
	"use of a promise": "await new core.Pool(() => ({})).use(async () => {});",
	bytes: `
		const buffer = new bytes.ByteBuffer(10);
		buffer.write(new bytes.BufferPool().get(4).subarray(0, 4));
		buffer.writeUint32BE(7);
		buffer.writeUvarint(300);
		buffer.writeFloat64LE(0.5);
		buffer.next(4);
		if (buffer.readUint32BE() !== 7 || buffer.readUvarint() !== 300 || buffer.readFloat64LE() !== 0.5) throw new Error("wrong");
		buffer.release();`,
	text: `
		const buffer = new bytes.ByteBuffer();
		buffer.writeString("é".repeat(40));
		buffer.writeString("ascii");
		if (buffer.toString() !== "é".repeat(40) + "ascii") throw new Error("wrong");
		buffer.readString(10);`,
	bigints: `
		const buffer = new bytes.ByteBuffer();
		buffer.writeBigUint64BE(7n);
		if (buffer.readBigUint64BE() !== 7n) throw new Error("wrong");`,
	streams: `
		const buffer = new bytes.ByteBuffer();
		await buffer.readFrom((async function* () { yield new Uint8Array(10); })());
		await buffer.writeTo({ write: (chunk, done) => { done?.(); return true; }, once() {}, off() {}, on() {}, end() {} });`,
	buffers: `
		const pool = new bytes.BufferPool({ zero: "put", stats: true });
		pool.put(pool.get(1000));
		pool.use(10, (array) => array.length);
		pool.lease(10).release();
		pool.discard(pool.get(5));
		pool.put(new Uint8Array(16).subarray(1));
		pool.stats();`,
	retain: `
		for (const policy of [bytes.retain.upTo(10), bytes.retain.shrink(2), bytes.retain.used(), bytes.retain.calibrated()]) {
			const pool = new core.Pool({ new: () => new bytes.ByteBuffer(), ...policy });
			pool.put(pool.get());
		}`,
	shared: `
		const pool = shared.SharedPool.create({ slotSize: 64, slots: 4, maxSlots: 8 });
		await pool.ready;
		const block = pool.get();
		pool.put(pool.adopt(pool.give(block)));
		pool.put(await pool.getAsync());
		pool.lease().release();
		pool.use((each) => each.bytes[0]);
		shared.SharedPool.attach(pool.handle);
		pool.stats();
		pool[Symbol.dispose ?? Symbol.for("Symbol.dispose")]();`,
	struct: `
		const layout = shared.struct({ a: "u8", b: "f64", c: "i32", f: "bool", g: shared.struct({ h: "i16" }) });
		const fields = layout.createFields(new ArrayBuffer(layout.byteLength), 0);
		fields.b = 0.5;
		fields.g.h = -1;
		fields.f = true;
		if (fields.b !== 0.5 || fields.g.h !== -1 || !fields.f) throw new Error("wrong");`,
	"struct of text": `
		const layout = shared.struct({ name: shared.struct.utf8(20) });
		const fields = layout.createFields(new ArrayBuffer(layout.byteLength), 0);
		fields.name = "é";
		if (fields.name !== "é") throw new Error("wrong");`,
	"struct of arrays": `
		const layout = shared.struct(Object.fromEntries(["u8", "i8", "u16", "i16", "u32", "i32", "f32", "f64", "i64", "u64"].map((name) => [name, shared.struct.array(name, 3)])));
		const fields = layout.createFields(new ArrayBuffer(layout.byteLength), 0);
		fields.f64[1] = 0.5;`,
	resource: `
		const pool = new resource.ResourcePool({ create: () => ({}), acquireTimeout: Infinity, idleTimeout: Infinity, maxLifetime: Infinity, createTimeout: Infinity });
		pool.on("error", () => {});
		const lease = await pool.acquire();
		await lease.release();
		await pool.use((item) => item);
		pool.stats();
		await pool.drain();`,
	"resource with time limits": `
		const pool = new resource.ResourcePool({ create: () => ({}), max: 1 });
		const lease = await pool.acquire({ timeout: 1000 });
		const waiting = pool.acquire({ timeout: 1000 });
		await lease.release();
		await (await waiting).release();
		await pool.drain({ timeout: 100 });`,
	"create with a signal": `
		const pool = new resource.ResourcePool({ create: ({ signal }) => ({ aborted: signal.aborted }), acquireTimeout: Infinity, idleTimeout: Infinity, maxLifetime: Infinity, createTimeout: Infinity });
		await (await pool.acquire()).release();`,
	checks: `
		const found = [];
		const disable = checks.enableChecks({ chaos: true, foreignPut: true, seed: 7, onViolation: ({ kind }) => found.push(kind) });
		try {
			const pool = new core.Pool({ new: () => ({ a: 1 }), reset() {} });
			const item = pool.get();
			pool.put(item);
			pool.put(item);
			checks.reportLeaks();
			if (!found.includes("doublePut")) throw new Error("not found");
		} finally {
			disable();
		}`,
	metrics: `
		const nothing = () => ({ record() {}, observe() {} });
		const observers = [];
		const meter = { createObservableCounter: nothing, createObservableUpDownCounter: nothing, createHistogram: nothing, addBatchObservableCallback: (callback) => observers.push(callback), removeBatchObservableCallback() {} };
		const stop = metrics.observePools(meter);
		new core.Pool({ name: "named" }).put(1);
		for (const observe of observers) observe({ observe() {} });
		metrics.listPools();
		stop();`,
};

/** An engine with all that the library knows of, but for what is named. */
function engineWithout(name: string): BareEngine {
	const engine = new BareEngine();
	engine.give(Object.fromEntries(HOST.map((each) => [each, (globalThis as Record<string, unknown>)[each]])));
	// What listens to the end of this process would collect its garbage then, and Node 20 crash over other contexts' finalizers.
	engine.give({ process: { env: {}, versions: {}, on() {} } });
	engine.run(`delete globalThis[${JSON.stringify(name)}]`);
	return engine;
}

const load = (engine: BareEngine): Readonly<Record<string, unknown>> =>
	Object.fromEntries(
		portableEntries
			.filter((entry) => entry !== REGISTER)
			.map((entry) => [entry === "ebbpool" ? "core" : entry.slice(8), engine.require(entry)]),
	);

/** What came of a use: nothing, or what it threw. */
async function outcomeOf(engine: BareEngine, entries: object, use: string): Promise<unknown> {
	const program = engine.run(
		`"use strict"; (async ({ core, bytes, shared, resource, checks, metrics }) => { ${use} })`,
	) as (entries: object) => Promise<void>;
	return program(entries).catch((error: unknown) => error);
}

describe("an engine that lacks", () => {
	for (const name of [...new Set([...LANGUAGE, ...HOST])].filter((each) => !BASE.includes(each))) {
		test(`${name}: every entry loads, and what needs it says so`, async () => {
			const engine = engineWithout(name);
			const entries = load(engine);
			const wrong: string[] = [];
			for (const [what, use] of Object.entries(USES)) {
				const error = await outcomeOf(engine, entries, use);
				// The program itself may use what is missing.
				if (error === undefined || new RegExp(`\\b${name}\\b`).test(use)) continue;
				const { code, message } = error as { code?: string; message?: string };
				const says = new RegExp(`^\\S+.*: expected an engine with ${name}\\b`).test(message ?? "");
				if (!code?.startsWith("ERR_POOL_") || !says) wrong.push(`${what}: ${code} ${error}`);
			}
			engine.require(REGISTER);
			assert.equal(wrong.join("\n"), "");
		});
	}

	test("nothing: every use works", async () => {
		const engine = engineWithout("nothing");
		const entries = load(engine);
		for (const [what, use] of Object.entries(USES)) {
			assert.equal(await outcomeOf(engine, entries, use), undefined, what);
		}
	});
});
