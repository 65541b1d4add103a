import assert from "node:assert/strict";
import { test } from "node:test";
import { parseArguments, UsageError } from "../dist/arguments.js";
import { SCENARIOS } from "../dist/scenarios/index.js";

const MISTAKES: readonly [argv: string[], message: RegExp][] = [
	[["pear"], /unknown scenario "pear"; the scenarios are pair, out-64, /],
	[["--peer", "lodash"], /unknown peer "lodash"; the peers are ours, /],
	[["--rounds", "0"], /--rounds: expected a whole number from 1, got "0"/],
	[["--rounds", "2.5"], /--rounds: expected a whole number from 1, got "2.5"/],
	[["--seed", ""], /--seed: expected a whole number from 1, got ""/],
	[["--fast"], /Unknown option '--fast'/],
	[["--json"], /--json/],
];

for (const [argv, message] of MISTAKES) {
	test(`"${argv.join(" ")}" is refused with a message that says why`, () => {
		assert.throws(
			() => parseArguments(argv),
			(error) => error instanceof UsageError && message.test(error.message),
		);
	});
}

test("without arguments every scenario runs with every peer on the Node that runs the benchmark", () => {
	const { scenarios, peers, runtimes, json } = parseArguments([]);
	assert.deepEqual([scenarios, peers, runtimes, json], [SCENARIOS, [], [], undefined]);
});

test("scenarios, peers and runtimes are taken in the order given", () => {
	const { scenarios, peers, runtimes, rounds } = parseArguments([
		"out-64",
		"pair",
		"--peer",
		"new",
		"--peer",
		"ours",
		"--bun",
		"bun",
		"--node",
		"node",
		"--rounds",
		"3",
	]);
	assert.deepEqual(scenarios, ["out-64", "pair"]);
	assert.deepEqual(peers, ["new", "ours"]);
	assert.deepEqual(runtimes, ["node", "bun"]);
	assert.equal(rounds, 3);
});
