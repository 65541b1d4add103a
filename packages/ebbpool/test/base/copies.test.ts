import { createRequire } from "node:module";
import { describe, test } from "node:test";
import { assert } from "chai";
import * as root from "ebbpool";
import * as bytes from "ebbpool/bytes";
import * as checks from "ebbpool/checks";
import * as resource from "ebbpool/resource";
import * as shared from "ebbpool/shared";

const require = createRequire(import.meta.url);

const modules = { ...root, ...bytes, ...checks, ...resource, ...shared };
/** The CommonJS build: another copy in the same thread. */
const commonJs: typeof modules = Object.assign(
	{},
	...["ebbpool", "ebbpool/bytes", "ebbpool/checks", "ebbpool/resource", "ebbpool/shared"].map(require),
);

const CLASSES = [
	"Pool",
	"BufferPool",
	"ByteBuffer",
	"ResourcePool",
	"SharedPool",
	"PoolError",
	"PoolViolation",
] as const;
type ClassName = (typeof CLASSES)[number];

function objectsOf(copy: typeof modules): Record<ClassName, object> {
	const traces = [{ what: "got", stack: "" }];
	return {
		Pool: new copy.Pool(),
		BufferPool: new copy.BufferPool(),
		ByteBuffer: new copy.ByteBuffer(),
		ResourcePool: new copy.ResourcePool({ create: () => ({}) }),
		SharedPool: copy.SharedPool.create({ slotSize: 1, slots: 1 }),
		PoolError: new copy.PoolError("ERR_POOL_HOOK", "plain"),
		PoolViolation: new copy.PoolViolation({
			kind: "doublePut",
			pool: undefined,
			happened: "it was put twice",
			remedy: "put it once",
			traces,
		} as never),
	};
}

const isInstance = (object: unknown, copy: typeof modules, name: ClassName) =>
	object instanceof (copy[name] as new () => object);

describe("two copies of the package in one thread", () => {
	for (const [made, asked] of [
		[modules, commonJs],
		[commonJs, modules],
	] as const) {
		test(`${made === modules ? "what the modules made is" : "what CommonJS made is"} an instance of the other's class, and of no other`, () => {
			const objects = objectsOf(made);
			for (const name of CLASSES) {
				assert.notStrictEqual(made[name] as unknown, asked[name]);
				for (const of of CLASSES) {
					const expected = of === name || (of === "PoolError" && name === "PoolViolation");
					assert.strictEqual(isInstance(objects[name], asked, of), expected, `${name} instanceof ${of}`);
				}
			}
		});
	}

	test("instanceof a subclass means that subclass; other values are of none", () => {
		class Special extends bytes.ByteBuffer {}
		assert.isTrue(new Special() instanceof commonJs.ByteBuffer && new Special() instanceof Special);
		assert.isFalse(new commonJs.ByteBuffer() instanceof Special);
		assert.isFalse(new bytes.ByteBuffer() instanceof Special);
		for (const value of [{}, Object.create(null), null, undefined, 3, "x", Symbol()]) {
			assert.isFalse((value as unknown) instanceof bytes.ByteBuffer);
		}
	});

	test("a buffer of one is written, read and a sink like the other's own", async () => {
		const [own, other] = [new bytes.ByteBuffer(), new commonJs.ByteBuffer()];
		other.writeString("copies");
		assert.strictEqual(own.write(other), 6);
		assert.strictEqual(await own.readFrom(other), 6);
		assert.strictEqual(other.length, 0);
		assert.strictEqual(await own.writeTo(other), 12);
		assert.strictEqual(other.toString(), "copiescopies");
	});
});
