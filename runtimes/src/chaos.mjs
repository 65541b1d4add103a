// Whether chaos finds the same with the same seed on every Node: `npm run matrix:chaos`. Leaks are left out, as they depend on the collector.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Report } from "../../scripts/lib/report.mjs";

const PROGRAM = fileURLToPath(new URL("../../packages/ebbpool/.test/fixtures/chaos.js", import.meta.url));
const SEEDS = [1, 7, 4_294_967_295];
const nodes = [20, 22, 24, 26].map((version) => ({
	name: `Node ${version}`,
	path: fileURLToPath(new URL(`../node_modules/node${version}/bin/node`, import.meta.url)),
}));

const report = new Report();
for (const seed of SEEDS) {
	/** @type {string | undefined} */
	let expected;
	for (const { name, path } of nodes) {
		const title = `chaos with seed ${seed} on ${name}`;
		if (!existsSync(path)) {
			if (process.env.CI) report.fail(title, `${path} is missing`);
			else report.skip(title, `${path} is missing`);
			continue;
		}
		const { stdout, stderr, status } = spawnSync(path, [PROGRAM, String(seed)], { encoding: "utf8" });
		expected ??= stdout;
		const found = status === 0 ? JSON.parse(stdout).found.length : 0;
		if (status !== 0) report.fail(title, stderr);
		else if (found === 0) report.fail(title, "nothing was found");
		else if (stdout !== expected) report.fail(title, `found ${stdout}, and before it was ${expected}`);
		else report.pass(`${title}: ${found} violations`);
	}
}
report.close();
