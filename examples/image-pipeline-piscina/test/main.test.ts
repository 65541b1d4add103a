import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
1280 × 720 pixels in 18 bands by 2 workers of piscina
pixels that differ from what one thread makes: 0
slots: 4, free at the end: 4
`;

test("piscina's workers make the same image, pixel by pixel, as one thread does", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	assert.strictEqual(execFileSync(process.execPath, [program], { encoding: "utf8" }), expected.trimStart());
});
