import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @typedef {import("./suites.mjs").Where} Where */
/** @typedef {Map<string, string | undefined>} Results of each test, what it failed with, if it did */

const LONGEST_FILE = 120_000;
const LONGEST_SUITE = 600_000;

/** @param {string} text */
const firstLine = (text) => text.trim().split("\n", 1)[0]?.slice(0, 160) ?? "";

/**
 * @param {string} folder
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @param {number} timeout
 * @returns {Promise<{ status: number | null, output: string }>}
 */
async function node(folder, args, environment, timeout) {
	const child = spawn(process.execPath, args, {
		cwd: folder,
		env: { ...process.env, ...environment },
		stdio: ["ignore", "pipe", "pipe"],
		timeout,
		killSignal: "SIGKILL",
	});
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text) => {
			output += text;
		});
	}
	const [status] = await once(child, "close");
	return { status, output };
}

/**
 * @param {Where} where
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Results>}
 */
async function mocha({ folder, modules, tries }, args, environment) {
	const scratch = mkdtempSync(join(tmpdir(), "ebbpool-mocha-"));
	const file = join(scratch, "results.json");
	const program = join(modules, "mocha/bin/mocha.js");
	const { output } = await node(
		folder,
		[
			program,
			"--no-config",
			"--no-opts",
			`--retries=${tries - 1}`,
			"--timeout=10000",
			"--exit",
			"--reporter=json",
			`--reporter-option=output=${file}`,
			...args,
		],
		environment,
		LONGEST_SUITE,
	);
	/** @type {Results} */
	const results = new Map();
	try {
		const { passes, failures } = JSON.parse(readFileSync(file, "utf8"));
		const titles = new Map();
		for (const { fullTitle, err } of [...passes, ...failures]) {
			// Some have the same title.
			const times = (titles.get(fullTitle) ?? 0) + 1;
			titles.set(fullTitle, times);
			const failure = err.message === undefined ? undefined : firstLine(err.message);
			results.set(times === 1 ? fullTitle : `${fullTitle} (${times})`, failure);
		}
	} catch {
		results.set("the suite itself", output.slice(-2_000));
	}
	rmSync(scratch, { recursive: true });
	return results;
}

/**
 * @param {Where} where
 * @param {string[]} names
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Results>}
 */
async function files({ folder, tries }, names, environment) {
	/** @type {Results} */
	const results = new Map();
	for (const name of names) {
		for (let i = 0; i < tries; i++) {
			const { status, output } = await node(folder, [name, "postgres://"], environment, LONGEST_FILE);
			const error = /^\s*\w*Error.*$/m.exec(output)?.[0] ?? output.slice(-160);
			results.set(name, status === 0 ? undefined : firstLine(error));
			if (status === 0) break;
		}
	}
	return results;
}

/**
 * Tests that say themselves how they went: the outermost lines of their reports.
 *
 * @param {Where} where
 * @param {string[]} names
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Results>}
 */
async function tap({ folder, tries }, names, environment) {
	/** @type {Results} */
	const results = new Map();
	for (const name of names) {
		for (let i = 0; i < tries; i++) {
			const { output } = await node(folder, [name], environment, LONGEST_FILE);
			let failures = 0;
			for (const [, not, title] of output.matchAll(/^(not )?ok \d+ -? ?(.*?)(?: # time=.*)?$/gm)) {
				const key = `${name}: ${title}`;
				if (not !== undefined) failures++;
				if (i === 0 || not === undefined) results.set(key, not && "not ok");
			}
			if (failures === 0) break;
		}
	}
	return results;
}

/**
 * @param {Where} where
 * @param {object} connection
 * @returns {Promise<Results>}
 */
async function knex(where, connection) {
	const settings = join(where.folder, "test/server-of-this-run.js");
	writeFileSync(settings, `module.exports = ${JSON.stringify({ postgres: connection })};\n`);
	const environment = { DB: "postgres", KNEX_TEST: settings };
	const results = await mocha(where, ["test/integration2/pool/connection-pool.spec.js"], environment);
	return new Map([...results, ...(await tap(where, ["test/tape/pool.js"], environment))]);
}

export const run = { mocha, files, tap, knex };
