import { runTool } from "./run-tool.mjs";
import { scratch, tool } from "./scratch.mjs";
import { WARNING } from "./warning.mjs";

/**
 * @param {string} name of the project
 * @param {string} what
 * @param {readonly string[]} args of node: the runner's program and its arguments
 * @param {RegExp} [expected] what stands in the output of a run that tried something
 * @returns {import("./check-consumers.mjs").Consumer}
 */
function testRunner(name, what, args, expected = /(?:)/) {
	return {
		name,
		check(report, installed) {
			const { status, output } = runTool(process.execPath, args, scratch(installed, name));
			const well = status === 0 && expected.test(output) && !WARNING.test(output);
			report.check(what, well ? undefined : `ended with status ${status}\n${output}`);
		},
	};
}

const jest = [tool("jest/bin/jest.js"), "--rootDir", "."];

export const testRunners = [
	testRunner("jest", "jest with its defaults", jest, /20 passed/),
	testRunner("jest-jsdom", "jest in jsdom", jest, /4 passed/),
	testRunner("vitest", "vitest", [tool("vitest/vitest.mjs"), "run", "--root", "."], /17 passed/),
	testRunner(
		"mocha-tsx",
		"mocha with tsx",
		[tool("mocha/bin/mocha.js"), "--import=tsx", "*.test.ts"],
		/2 passing/,
	),
	testRunner("ts-node", "ts-node", [tool("ts-node/dist/bin.js"), "program.ts"], /^well$/m),
	testRunner("node-test", "node:test", ["--test"], /^. pass 2$/m),
];
