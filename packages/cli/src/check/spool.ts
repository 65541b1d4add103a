import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PoolFigures } from "../report/model.ts";

/** Names the folder to the program's processes; inherited by whatever it starts. */
export const SPOOL_VARIABLE = "EBBPOOL_CHECK_SPOOL";

/** A violation as a process of the program tells it. */
export interface ToldViolation {
	readonly kind: string;
	readonly pool: string | undefined;
	/** What happened and what to do, without the stacks. */
	readonly message: string;
	readonly stacks: readonly { readonly title: string; readonly frames: readonly string[] }[];
}

/** What a thread of the program tells: a violation when it is found, its pools at its end. */
export type Told = { readonly violation: ToldViolation } | { readonly pools: readonly PoolFigures[] };

/** Tells it at once: a program that is killed has told all that it found before. */
export function tell(folder: string, name: string, told: Told): void {
	appendFileSync(join(folder, name), `${JSON.stringify(told)}\n`);
}

/** Says that a thread is checked, whether it has anything to tell or not. */
export function announce(folder: string, name: string): void {
	appendFileSync(join(folder, name), "");
}

/** All that the threads of a program told; `watched` is how many of them were checked. */
export function readSpool(folder: string): {
	watched: number;
	violations: ToldViolation[];
	pools: PoolFigures[];
} {
	const files = readdirSync(folder);
	const lines = files.flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"));
	const told = lines.filter((line) => line !== "").flatMap(parsed);
	return {
		watched: files.length,
		violations: told.flatMap((each) => ("violation" in each ? [each.violation] : [])),
		pools: told.flatMap((each) => ("pools" in each ? each.pools : [])),
	};
}

/** Nothing for a line that whoever wrote it was killed in. */
function parsed(line: string): Told[] {
	try {
		return [JSON.parse(line) as Told];
	} catch {
		return [];
	}
}
