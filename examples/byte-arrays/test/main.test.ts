import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
Allocating array 1
ONE: 1 made
TWO: 1 made
THREE: 1 made
FOUR: 1 made
FIVE: 1 made
Allocating array 2
Allocating array 3
1000 rounds with 3 in use at once: 3 made
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(execFileSync(process.execPath, [program], { encoding: "utf8" }), expected.trimStart());
});
