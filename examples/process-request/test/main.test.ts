import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
Hello, World! (13 of 64 bytes)
long message (12 of 64 bytes)
a message that is longer than all those that came before it, by some bytes (74 of 128 bytes)
short (5 of 128 bytes)
Error: the request has no body
buffers in the pool: 1
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(execFileSync(process.execPath, [program], { encoding: "utf8" }), expected.trimStart());
});
