import { parseArgs } from "node:util";
import { executablePath, invocationPath } from "./invocation-path.ts";
import { PEERS } from "./peers/index.ts";
import { isScenario, SCENARIOS, type ScenarioName } from "./scenarios/index.ts";

export interface Arguments {
	readonly scenarios: readonly ScenarioName[];
	/** Only these peers; all of them if empty. */
	readonly peers: readonly string[];
	/** Executables of Node and Bun to run on. */
	readonly runtimes: readonly string[];
	readonly rounds: number;
	readonly seed: number;
	readonly json: string | undefined;
	readonly help: boolean;
}

export const USAGE = `npm run -w bench start -- [scenario…] [options]

Scenarios (all of them if none is named): ${SCENARIOS.join(", ")}

  --node PATH   run on this Node instead of the one that runs the benchmark; may be repeated
  --bun PATH    run on this Bun; may be repeated
  --peer NAME   only this peer; may be repeated: ${PEERS.join(", ")}
  --rounds N    processes per variant, default 5
  --seed N      seed of the order of the processes, default 1
  --json FILE   also write every sample to a file
  --help        show this`;

/** A mistake of whoever typed the command. */
export class UsageError extends Error {}

export function parseArguments(argv: readonly string[]): Arguments {
	const { values, positionals } = parse(argv);
	return {
		scenarios: positionals.length === 0 ? SCENARIOS : positionals.map(scenario),
		peers: values.peer.map(peer),
		runtimes: [...values.node, ...values.bun].map(executablePath),
		rounds: positiveInteger("--rounds", values.rounds),
		seed: positiveInteger("--seed", values.seed),
		json: values.json === undefined ? undefined : invocationPath(values.json),
		help: values.help,
	};
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				node: { type: "string", multiple: true, default: [] },
				bun: { type: "string", multiple: true, default: [] },
				peer: { type: "string", multiple: true, default: [] },
				rounds: { type: "string", default: "5" },
				seed: { type: "string", default: "1" },
				json: { type: "string" },
				help: { type: "boolean", default: false },
			},
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
	}
}

function scenario(name: string): ScenarioName {
	if (!isScenario(name)) {
		throw new UsageError(`unknown scenario "${name}"; the scenarios are ${SCENARIOS.join(", ")}`);
	}
	return name;
}

function peer(name: string): string {
	if (!PEERS.includes(name))
		throw new UsageError(`unknown peer "${name}"; the peers are ${PEERS.join(", ")}`);
	return name;
}

function positiveInteger(option: string, text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value) || value < 1) {
		throw new UsageError(`${option}: expected a whole number from 1, got "${text}"`);
	}
	return value;
}
