import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import { startService } from "../dist/service.js";

test("the program prints what a scrape tells of its pools", () => {
	const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
	const lines = execFileSync(process.execPath, [program], { encoding: "utf8" }).split("\n");
	const value = (name: string, more = "") =>
		lines
			.find((line) => line.startsWith(`${name}{`) && line.includes(more))
			?.split(" ")
			.at(-1);
	assert.equal(value("ebbpool_pool_gets_total", 'name="answers"'), "100");
	assert.equal(value("ebbpool_pool_hits_total", 'name="answers"'), "99");
	assert.equal(value("ebbpool_pool_misses_total", 'name="answers"'), "1");
	assert.equal(value("db_client_connection_count", 'state="idle"'), "1");
});

test("the times of connections are told apart below five seconds", async () => {
	const service = await startService();
	try {
		await service.work();
		const text = await (await fetch(`http://${service.address}`)).text();
		for (const time of ["create", "wait", "use"]) {
			assert.match(text, new RegExp(`^db_client_connection_${time}_time_bucket{.*le="0.001"`, "m"));
		}
	} finally {
		await service.close();
	}
});
