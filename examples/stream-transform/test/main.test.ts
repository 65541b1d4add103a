import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
415616 characters in, 431313 out
right: true
arrays taken: 15, given back: 15
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(
		execFileSync(process.execPath, [program], { encoding: "utf8", timeout: 120_000 }),
		expected.trimStart(),
	);
});
