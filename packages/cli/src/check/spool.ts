import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

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

/** Tells a violation at once: a program that is killed has told all that it found before. */
export function tell(folder: string, name: string, violation: ToldViolation): void {
	appendFileSync(join(folder, name), `${JSON.stringify(violation)}\n`);
}

/** Says that a thread is checked, whether it has anything to tell or not. */
export function announce(folder: string, name: string): void {
	appendFileSync(join(folder, name), "");
}

/** All that the threads of a program told; `watched` is how many of them were checked. */
export function readSpool(folder: string): { watched: number; violations: ToldViolation[] } {
	const files = readdirSync(folder);
	const lines = files.flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"));
	return {
		watched: files.length,
		violations: lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ToldViolation),
	};
}
