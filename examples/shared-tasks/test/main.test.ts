import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
1000 tasks by 4 workers in 2 structs
disturbed by another worker: 0
with data of the task before: 0
without zeroing, with data of the task before: all
without zeroing, with another worker's data: some
structs free while a worker is busy with the only one: 0
after its death the title is "", the sum 0
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(execFileSync(process.execPath, [program], { encoding: "utf8" }), expected.trimStart());
});
