import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Three times what the longest run takes on a machine that does something else as well. */
const DEADLINE = 300_000;

/**
 * How to make a runtime log its collections, and how to read that; not needed where the harness reports them itself.
 *
 * @typedef {{
 *   args?: readonly string[],
 *   env?: Readonly<Record<string, string>>,
 *   read: (output: string) => import("./judges.mjs").Collections,
 * }} CollectionLog
 *
 * @typedef {import("./runtimes.mjs").Runtime} Runtime
 */

/**
 * A runtime that is a program: Node, Bun or Deno.
 *
 * @implements {Runtime}
 */
export class ProcessRuntime {
	#program;
	#args;
	#env;
	#log;
	#script;

	/**
	 * @param {string} name
	 * @param {{
	 *   program: string, args: readonly string[], env?: Readonly<Record<string, string>>, log?: CollectionLog
	 * }} how
	 * @param {string} script the bundled harness
	 */
	constructor(name, { program, args, env, log }, script) {
		this.name = name;
		this.#program = program;
		this.#args = args;
		this.#env = env;
		this.#log = log;
		this.#script = script;
	}

	missing() {
		return existsSync(this.#program) ? undefined : `${this.#program} is not there`;
	}

	/**
	 * @param {import("./runtimes.mjs").Job} job
	 * @param {import("./runtimes.mjs").Realm} realm
	 * @param {boolean} judged
	 */
	async run(job, realm, judged) {
		const directory = dirname(this.#script);
		const reportFile = join(directory, "report.json");
		rmSync(reportFile, { force: true });
		const log = judged ? this.#log : undefined;
		const args = [...this.#args, ...(log?.args ?? []), this.#script, job, realm, reportFile];
		const output = await this.#spawn(args, { ...process.env, ...this.#env, ...log?.env }, directory);
		const { result, collections } = JSON.parse(readFileSync(reportFile, "utf8"));
		return { result, collections: log?.read(output) ?? collections };
	}

	/**
	 * @param {readonly string[]} args
	 * @param {NodeJS.ProcessEnv} env
	 * @param {string} cwd
	 * @returns {Promise<string>} what it printed
	 */
	#spawn(args, env, cwd) {
		return new Promise((resolve, reject) => {
			const child = spawn(this.#program, args, {
				cwd,
				env,
				stdio: ["ignore", "pipe", "pipe"],
				timeout: DEADLINE,
				killSignal: "SIGKILL",
			});
			let output = "";
			for (const stream of [child.stdout, child.stderr]) {
				stream.setEncoding("utf8").on("data", (text) => {
					output += text;
				});
			}
			child.on("error", reject);
			child.on("close", (code, signal) => {
				if (code === 0) resolve(output);
				else
					reject(new Error(`ended with ${signal ?? `status ${code}`}; it printed:\n${output.slice(-4000)}`));
			});
		});
	}
}
