import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const expected = `
1280 × 720 pixels in 18 bands by 2 workers
pixels that differ from what one thread makes: 0
pixels that differ in the file: 0
pixels that the filter changed: most
slots: 4, free at the end: 4
`;

test("the workers make the same image, pixel by pixel, as one thread does", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-"));
	try {
		const file = join(folder, "edges.png");
		const output = execFileSync(process.execPath, [program, file], { encoding: "utf8" });
		assert.strictEqual(output, expected.trimStart());
		assert.isOk(statSync(file).size > 100_000);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
