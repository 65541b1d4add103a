import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
200 164 bytes, the last: grinning face
200 64199 bytes, the last: guard
200 2006 bytes, the last: melting face
buffers taken: 3, given back: 3, made: 1
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(
		execFileSync(process.execPath, [program], { encoding: "utf8", timeout: 120_000 }),
		expected.trimStart(),
	);
});
