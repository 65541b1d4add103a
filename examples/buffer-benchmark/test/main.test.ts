import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";

const ROW =
	/^ *(?<name>\w+) +(?<allocations>\d+) +(?<mebibytes>\d+\.\d) +(?<collections>\d+) +(?<throughput>\d+)$/;

test("the program prints a row for each variant, and the pooled one allocates less", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	const output = execFileSync(process.execPath, [program], { encoding: "utf8" });
	const [header, first = "", second = "", summary = ""] = output.split("\n");
	assert.strictEqual(header, "variant  allocations  MiB allocated  collections  operations/s");
	const fresh = ROW.exec(first)?.groups ?? assert.fail(output);
	const pooled = ROW.exec(second)?.groups ?? assert.fail(output);
	assert.deepEqual([fresh.name, pooled.name], ["fresh", "pooled"]);
	assert.strictEqual(fresh.allocations, "20000");
	assert.strictEqual(fresh.mebibytes, "1250.0");
	// Collections between two rounds may have emptied the pool.
	assert.isOk(Number(pooled.allocations) >= 1 && Number(pooled.allocations) <= 10, output);
	assert.isOk(Number(fresh.throughput) > 0 && Number(pooled.throughput) > 0, output);
	assert.match(summary, /^40000 operations, checksum \d+; pooled is \d+\.\d\d × as fast$/);
});
