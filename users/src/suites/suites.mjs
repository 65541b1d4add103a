import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run-tests.mjs";

/**
 * @typedef {object} Where
 * @property {string} folder where the tests are
 * @property {string} modules what they need
 * @property {string} url the server's
 * @property {number} tries how often a test may be tried
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} tests what of a checkout shows that this suite is in it
 * @property {boolean} database whether it needs one
 * @property {(scratch: string, checkout: string) => string} place puts the tests where they find the package, and says where
 * @property {(where: Where) => Promise<Map<string, string | undefined>>} run tells of each test what it failed with, if it did
 */

/**
 * Puts a checkout's tests into the installed package that they test.
 *
 * @param {string} name
 * @param {string} from
 * @param {string[]} parts
 * @returns {Suite["place"]}
 */
const into =
	(name, from, ...parts) =>
	(scratch, checkout) => {
		const folder = join(scratch, "node_modules", name);
		for (const part of parts) cpSync(join(checkout, from, part), join(folder, part), { recursive: true });
		return folder;
	};

/** @param {string} url */
const environment = (url) => {
	const { hostname, port, username, pathname } = new URL(url);
	return {
		PGHOST: hostname,
		PGPORT: port,
		PGUSER: username,
		PGDATABASE: pathname.slice(1),
		PGPASSWORD: "unused",
		PGTESTNOSSL: "true",
	};
};

/** @type {Suite[]} */
export const SUITES = [
	{
		name: "pg-pool",
		tests: "packages/pg-pool/test",
		database: true,
		place(scratch, checkout) {
			const folder = into("pg-pool", "packages/pg-pool", "test")(scratch, checkout);
			// One program in there names the original's own file.
			const index = join(folder, "index.js");
			if (!existsSync(index)) writeFileSync(index, 'module.exports = require("pg-pool");\n');
			return folder;
		},
		run: (where) => run.mocha(where, ["test/*.js"], environment(where.url)),
	},
	{
		name: "pg, integration with a pool",
		tests: "packages/pg/test/integration",
		database: true,
		place: into("pg", "packages/pg", "test"),
		run: (where) => {
			const all = readdirSync(join(where.folder, "test/integration"), { recursive: true, encoding: "utf8" });
			const files = all
				.filter((file) => file.endsWith("-tests.js"))
				.map((file) => join("test/integration", file))
				.filter((file) => readFileSync(join(where.folder, file), "utf8").includes("Pool"))
				.sort();
			return run.files(where, files, environment(where.url));
		},
	},
	{
		name: "pg-cursor",
		tests: "packages/pg-cursor/test",
		database: true,
		place: into("pg-cursor", "packages/pg-cursor", "test"),
		run: (where) => run.mocha(where, ["test/*.js"], environment(where.url)),
	},
	{
		name: "pg-query-stream",
		tests: "packages/pg-query-stream/test",
		database: true,
		place: into("pg-query-stream", "packages/pg-query-stream", "test", "src"),
		run: (where) => run.mocha(where, ["--import=tsx", "test/*.ts"], environment(where.url)),
	},
	{
		name: "tarn",
		tests: "src/PromiseInspection.ts",
		database: false,
		place: into("tarn", "", "tests.js"),
		run: (where) => run.mocha(where, ["tests.js"], {}),
	},
	{
		name: "generic-pool",
		tests: "test/generic-pool-test.js",
		database: false,
		// The tests' own helpers name a file of the original's for its types.
		place: into("generic-pool", "", "test", "lib"),
		run: (where) => {
			const files = ["GH-159", "generic-pool", "generic-pool-acquiretimeout", "generic-pool-destroytimeout"];
			return run.tap(
				where,
				files.map((file) => `test/${file}-test.js`),
				{},
			);
		},
	},
	{
		name: "Knex, its pool",
		tests: "test/unit/client/pool-config.js",
		database: false,
		place: into("knex", "", "test"),
		run: (where) =>
			run.mocha(
				where,
				[
					"--require=./test/util/chai-setup.js",
					"test/unit/client/pool-config.js",
					"test/unit/client/connection-pool.js",
				],
				{},
			),
	},
	{
		name: "Knex, its pool on PostgreSQL",
		tests: "test/integration2/pool",
		database: true,
		place: into("knex", "", "test"),
		run: (where) => {
			const { hostname, port, username, pathname } = new URL(where.url);
			const connection = { host: hostname, port: Number(port), user: username, database: pathname.slice(1) };
			return run.knex(where, connection);
		},
	},
];
