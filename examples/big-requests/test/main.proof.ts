import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assert } from "chai";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** Ten requests of 256 MiB take 3 GB of memory, and a busy machine minutes. */
const mebibytes = process.env["EBBPOOL_LONG"] ? 256 : 32;

test(`after ten requests of ${mebibytes} MiB every policy but keeping everything lets memory go`, async () => {
	const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", main, String(mebibytes)]);
	const rows = stdout.trim().split("\n").slice(2);
	const outcomes = rows.map((row) => {
		const [name, pooled, , , , verdict] = row.split(/ {2,}/);
		return [name, Number(pooled), verdict];
	});
	assert.deepEqual(outcomes, [
		["keep everything", 10, "keeps it"],
		["BufferPool", 10, "small again"],
		["retain.upTo", 0, "small again"],
		["retain.shrink", 10, "small again"],
		["retain.used", 10, "small again"],
		["retain.calibrated", 10, "small again"],
	]);
});
