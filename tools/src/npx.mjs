import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../scripts/lib/run.mjs";

/**
 * Does with the packed tool what a first-time user does, in a folder that has nothing: writes a template of a workload,
 * and measures it.
 *
 * @param {string} tarball
 * @returns {string | undefined} what went wrong, if anything
 */
export function npxProblem(tarball) {
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-npx-"));
	const npx = ["--yes", "--prefer-offline", `--package=${tarball}`, "ebbpool"];
	try {
		for (const args of [
			["bench", "init", "mine.mjs"],
			["bench", "./mine.mjs", "--seconds", "0.1", "--json", "run.json", "--report", "run.html"],
			["report", "run.json"],
		]) {
			const { status, output } = run("npx", [...npx, ...args], folder);
			if (status !== 0) return `ebbpool ${args.join(" ")} ended with status ${status}:\n${output}`;
		}
		const missing = run("npx", [...npx, "bench", "fastify-2k"], folder);
		if (missing.status !== 2 || !missing.output.includes("npm install fastify")) {
			return `expected what is to be installed for fastify-2k, got:\n${missing.output}`;
		}
		return existsSync(join(folder, "run.html")) ? undefined : "there is no run.html";
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
