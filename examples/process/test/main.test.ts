import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
Hello, Go!
sync.Pool Example
buffers made: 1
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(execFileSync(process.execPath, [program], { encoding: "utf8" }), expected.trimStart());
});
