import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
1914 messages of 316558 bytes, 1914 came through
smaller on the wire: true
contexts taken: 1914, given back: 1914
buffers taken: 96, given back: 96
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(
		execFileSync(process.execPath, [program], { encoding: "utf8", timeout: 120_000 }),
		expected.trimStart(),
	);
});
