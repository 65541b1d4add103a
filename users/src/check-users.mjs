// Installs the users with the packed stand-ins in place of the originals, and runs each one's program. Without PostgreSQL
// the programs that need it are skipped, and say so.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isInstalled } from "../../scripts/lib/installed.mjs";
import { mustRun } from "../../scripts/lib/run.mjs";
import { formatTally } from "../../scripts/lib/tally.mjs";
import { pack, refresh } from "./packed.mjs";

const home = fileURLToPath(new URL("..", import.meta.url));
const words = process.argv.slice(2);

pack();
// npm installs what was packed just now, so the packages of this folder cannot be there before it runs.
if (!isInstalled(home)) mustRun("npm", ["ci"], home);
refresh();

const files = readdirSync(join(home, "test"))
	.filter((file) => file.endsWith(".test.mjs"))
	.filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
	.map((file) => join(home, "test", file));
const { startPostgres } = await import("./postgres.mjs");
const server = await startPostgres();
const scratch = mkdtempSync(join(tmpdir(), "ebbpool-users-"));
const counted = join(scratch, "counts.json");
const reporter = fileURLToPath(new URL("../../scripts/lib/test-counts-reporter.mjs", import.meta.url));
const child = spawn(
	process.execPath,
	[
		"--test",
		"--test-concurrency=1",
		"--test-timeout=120000",
		"--test-reporter=spec",
		"--test-reporter-destination=stdout",
		`--test-reporter=${reporter}`,
		`--test-reporter-destination=${counted}`,
		...files,
	],
	{ cwd: home, stdio: "inherit", env: { ...process.env, EBBPOOL_USERS_DATABASE: server?.url } },
);
const [status] = await once(child, "close");
await server?.end();
const { pass = 0, fail = 0, cancelled = 0, skipped = 0 } = JSON.parse(readFileSync(counted, "utf8"));
rmSync(scratch, { recursive: true });
const failed = status !== 0 && fail + cancelled === 0 ? 1 : fail + cancelled;
console.log(formatTally({ passed: pass, failed, skipped }));
process.exitCode = failed > 0 ? 1 : 0;
