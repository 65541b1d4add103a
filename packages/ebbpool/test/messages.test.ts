import { describe, test } from "node:test";
import { inspect } from "node:util";
import { assert } from "chai";
import { configure, onMajorGC, Pool, PoolError } from "ebbpool";
import { BufferPool, ByteBuffer, retain } from "ebbpool/bytes";
import { enableChecks } from "ebbpool/checks";
import { readChunks, readFile, readSocket } from "ebbpool/files";
import { send, whenSent } from "ebbpool/http";
import { observePools } from "ebbpool/metrics";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool, struct } from "ebbpool/shared";

type Call = (...args: unknown[]) => unknown;

/** What callers pass by mistake. */
const WRONG: readonly unknown[] = [
	undefined,
	null,
	Number.NaN,
	-1,
	1.5,
	Number.POSITIVE_INFINITY,
	"text",
	"",
	true,
	5n,
	Symbol("s"),
	{},
	{ unknown: 1 },
	[],
	() => {},
	new Uint16Array(2),
	Object.create(null),
];

/** What may come before a wrong argument. */
const BEFORE: readonly (readonly unknown[])[] = [[], [3], [{}], [() => {}], [new Uint8Array(2)], ["error"]];

/** What a call throws, or what its promise rejects with, if it does so soon. */
async function errorOf(call: () => unknown): Promise<unknown> {
	try {
		const turn = new Promise((resolve) => setImmediate(resolve));
		await Promise.race([call(), turn]);
		return undefined;
	} catch (error) {
		return error;
	}
}

/** Calls with every wrong argument; returns the messages that do not say what `call`, of that name, expected. */
async function unhelpful(name: string, says: RegExp, call: Call): Promise<string[]> {
	const found: string[] = [];
	for (const before of BEFORE) {
		for (const wrong of WRONG) {
			const error = await errorOf(() => call(...before, wrong));
			if (error === undefined) continue;
			const { message } = error as Error;
			const helps =
				error instanceof PoolError && says.test(message) && /expected .+(, got |[;,(])/.test(message);
			if (!helps) found.push(`${name}(${inspect(wrong)}): ${error}`);
		}
	}
	return found;
}

/** The public methods of a class: those that its types name. */
const METHODS: Readonly<Record<string, { make: () => object; methods: string }>> = {
	Pool: { make: () => new Pool(() => ({})), methods: "get put discard lease use stats clear" },
	BufferPool: { make: () => new BufferPool(), methods: "get put discard lease use stats clear" },
	ByteBuffer: {
		make: () => new ByteBuffer(8),
		methods: `write read writeString readString next readUntil truncate grow shrink readFrom writeTo ${["Byte", "Int8", "Uint16LE", "Int32BE", "BigUint64LE", "BigInt64BE", "Float32LE", "Float64BE", "Uvarint", "Varint", "BigUvarint", "BigVarint"].map((number) => `write${number} read${number}`).join(" ")}`,
	},
	SharedPool: {
		make: () => SharedPool.create({ slots: 8, slotSize: 16 }),
		methods: "getAsync put give adopt use handleFor revoke",
	},
	ResourcePool: {
		make: () => new ResourcePool({ create: () => ({}) }),
		methods: "acquire use clear drain on once off",
	},
};

/** `use` and `lease` say what the `get` or `acquire` in them says. */
const INNER: Readonly<Record<string, string>> = { use: "use|acquire", lease: "lease|get" };

const FUNCTIONS: Readonly<Record<string, unknown>> = {
	configure,
	onMajorGC: (listener: never) => onMajorGC(listener)(),
	enableChecks: (options: never) => enableChecks(options)(),
	observePools,
	send,
	whenSent,
	readChunks: (...args: never[]) => (readChunks as Call)(...args),
	readFile,
	readSocket,
	"retain.upTo": retain.upTo,
	"retain.shrink": retain.shrink,
	"retain.used": retain.used,
	"retain.calibrated": retain.calibrated,
	"SharedPool.create": SharedPool.create,
	"SharedPool.attach": SharedPool.attach,
	struct,
	"struct.utf8": struct.utf8,
	"struct.array": struct.array,
};

describe("what is called with wrong arguments says which call it was, what it expected and what it got:", () => {
	for (const [name, { make, methods }] of Object.entries(METHODS)) {
		test(name, async () => {
			for (const method of methods.split(" ")) {
				const says = new RegExp(`^${name}(\\.(${INNER[method] ?? method})\\b|\\b.*: option )`);
				const call: Call = (...args) => {
					const owner = make() as Record<string, Call>;
					assert.isFunction(owner[method], method);
					return owner[method]?.(...args);
				};
				assert.deepEqual(await unhelpful(`${name}.${method}`, says, call), []);
			}
		});
	}

	test("functions", async () => {
		for (const [name, call] of Object.entries(FUNCTIONS)) {
			const says = new RegExp(`^${name.replace(".", "\\.")}\\b`);
			assert.deepEqual(await unhelpful(name, says, call as Call), []);
		}
	});
});

test("a lease that has ended says which kind of lease it was", async () => {
	const resources = new ResourcePool({ create: () => ({}) });
	const leases = {
		Lease: [new Pool(() => ({})).lease(), new BufferPool().lease(8)],
		SharedLease: [SharedPool.create({ slots: 1, slotSize: 8 }).lease()],
		ResourceLease: [await resources.acquire()],
	};
	for (const [name, ended] of Object.entries(leases)) {
		for (const lease of ended) {
			await lease.release();
			assert.throws(() => lease.item, `${name}.item: expected a held lease, got one that ended`);
		}
	}
	await resources.drain();
});

test("whatever would modify a buffer under a writeTo says which call it was", async () => {
	const numbers = Object.getOwnPropertyNames(Object.getPrototypeOf(ByteBuffer.prototype));
	const writing = numbers
		.filter((name) => /^write/.test(name))
		.map((name) => [name, /Big/.test(name) ? 1n : 1]);
	assert.isAbove(writing.length, 20);
	const calls = [
		...writing,
		["write", new Uint8Array(1)],
		["writeString", "a"],
		["grow", 1],
		["shrink"],
		["reset"],
		["release"],
	];
	const buffer = new ByteBuffer(8);
	buffer.writeByte(1);
	const sink = { write: (_: unknown, done: () => void) => setImmediate(done) && true };
	const written = buffer.writeTo(Object.assign(sink, { on() {}, once() {}, off() {}, end() {} }) as never);
	for (const [method, ...args] of [...calls, ["truncate", 0], ["readByte"], ["readString", 1]]) {
		const call = (buffer as unknown as Record<string, Call>)[method as string] as Call;
		assert.throws(
			() => call.apply(buffer, args),
			PoolError,
			`ByteBuffer.${method}: expected a buffer that writeTo`,
		);
	}
	await written;
});

test("bytes that are no varint are refused by the name of the method that reads them", () => {
	for (const method of ["readUvarint", "readVarint", "readBigUvarint", "readBigVarint"] as const) {
		const buffer = new ByteBuffer();
		buffer.write(new Uint8Array(10).fill(0xff));
		assert.throws(() => buffer[method](), `ByteBuffer.${method}: expected a varint of at most 64 bits`);
	}
});

test("a bigint is told from the number that it looks like", () => {
	const options = { slots: 5n as never, slotSize: 8 };
	assert.throws(
		() => SharedPool.create(options),
		/^SharedPool\.create: option slots: expected an integer .*, got 5n$/,
	);
});
