import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
capacity before and after writing 100, 10000, 100, 100 bytes
as it comes                0 → 100     100 → 10000   10000 → 10000   10000 → 10000
expected capacity      1024 → 1024    1024 → 10000   10000 → 10000   10000 → 10000
don't return large         0 → 100     100 → 10000         0 → 100       100 → 100
compress                   0 → 100     100 → 10000   10000 → 10000       100 → 100
`;

test("the program prints what it should", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(execFileSync(process.execPath, [program], { encoding: "utf8" }), expected.trimStart());
});
