import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assert } from "chai";
import { Postgres } from "./support/postgres.ts";
import { missing } from "./support/programs.ts";
import { DATABASE, HOST, USER } from "./support/server.ts";

const run = promisify(execFile);
const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));

async function output(env: NodeJS.ProcessEnv): Promise<string> {
	const { DATABASE_URL, PORT, ...rest } = process.env;
	return (await run(process.execPath, [program], { env: { ...rest, ...env } })).stdout;
}

test("the service answers from the embedded database and closes its connections", {
	timeout: 300_000,
}, async () => {
	const printed = await output({});
	const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
	const hasSqlite = major > 22 || (major === 22 && minor >= 13);
	assert.match(printed, hasSqlite ? /^SQLite/m : /has no node:sqlite .*\nPGlite/);
	assert.match(printed, /^100 of 100 notes read back$/m);
	const connections = hasSqlite ? "4" : "1";
	assert.match(
		printed,
		new RegExp(`^three readers saw 100, 100, 100 notes; 205 leases of ${connections} connections$`, "m"),
	);
	assert.match(printed, /open connections: 0\n$/);
});

const skip = missing("postgres", "initdb");

test("the service answers from PostgreSQL where DATABASE_URL says so", {
	skip,
	timeout: 300_000,
}, async () => {
	const server = await Postgres.start();
	try {
		const printed = await output({ DATABASE_URL: `postgres://${USER}@${HOST}:${server.port}/${DATABASE}` });
		assert.match(printed, /^PostgreSQL: /m);
		assert.match(printed, /^100 of 100 notes read back$/m);
		assert.match(printed, /open connections: 0\n$/);
	} finally {
		await server.end();
	}
});
