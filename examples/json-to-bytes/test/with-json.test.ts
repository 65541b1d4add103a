import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { arrays, withJson } from "../dist/with-json.js";

const unit = fc.oneof(
	fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
	fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)),
);
const documents = fc.oneof(fc.jsonValue(), fc.array(fc.string({ unit }), { maxLength: 200, size: "max" }));

function balance(): number {
	return arrays.stats().classes.reduce((sum, { gets = 0, puts = 0 }) => sum + gets - puts, 0);
}

describe("withJson", () => {
	it("gives the bytes that Buffer.from gives", () => {
		fc.assert(
			fc.property(documents, (value) => {
				const expected = Buffer.from(JSON.stringify(value));
				withJson(value, (json) => assert.deepEqual(Buffer.from(json), expected));
			}),
			{ numRuns: process.env["EBBPOOL_LONG"] ? 100_000 : 1_000 },
		);
		assert.equal(balance(), 0);
	});

	it("keeps the bytes of all documents apart that are in use at once", async () => {
		const texts = ["a", "ä", "🙂"].map((character) => character.repeat(10_000));
		const seen = await Promise.all(
			texts.map((text) =>
				withJson(text, async (json) => {
					await new Promise((resolve) => setTimeout(resolve, 5));
					return JSON.parse(Buffer.from(json).toString()) as string;
				}),
			),
		);
		assert.deepEqual(seen, texts);
		assert.equal(balance(), 0);
	});

	it("gets its storage back when the use of it fails, and when the value has no JSON", async () => {
		assert.throws(() => withJson({ n: 1n }, () => {}), TypeError);
		assert.throws(() =>
			withJson([], () => {
				throw new Error("broken");
			}),
		);
		await assert.rejects(withJson([], async () => Promise.reject(new Error("broken"))));
		assert.equal(balance(), 0);
	});
});
