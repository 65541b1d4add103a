import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";

// Deaths for want of memory near two limits, with the default least age and with Go's rhythm:
// node soak.js [--runs 20] [--seconds 6]

interface Outcome {
	readonly died: boolean;
	readonly surges: number;
}

const { values } = parseArgs({
	options: { runs: { type: "string", default: "20" }, seconds: { type: "string", default: "6" } },
});
const RUNS = Number(values.runs);
const load = fileURLToPath(new URL("soak-load.js", import.meta.url));

/** Either half of the load fits into it, and for the larger sizes not their sum; all in MiB. */
interface Limit {
	readonly limit: number;
	readonly smallest: number;
	readonly largest: number;
}
const HEAP: Limit = { limit: 64, smallest: 18, largest: 27 };
/** Here all that the process uses counts: a bare Node takes some 50. From 50 on it dies with Go's rhythm too. */
const GROUP: Limit = { limit: 176, smallest: 38, largest: 48 };

/** A control group of this program's own with a limit, version 2 or 1; nothing where none can be made. */
function limitedGroup(mebibytes: number): string | undefined {
	const bytes = String(mebibytes * 2 ** 20);
	const name = `ebbpool-soak-${process.pid}`;
	for (const [group, file] of [
		[`/sys/fs/cgroup/${name}`, "memory.max"],
		[`/sys/fs/cgroup/memory/${name}`, "memory.limit_in_bytes"],
	] as const) {
		try {
			mkdirSync(group);
			if (existsSync(`${group}/${file}`)) {
				writeFileSync(`${group}/${file}`, bytes);
				return group;
			}
			rmdirSync(group);
		} catch {
			// Not allowed here, or not this version.
		}
	}
	return undefined;
}

async function run(program: string, args: readonly string[]): Promise<Outcome> {
	const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
	const [printed, [status]] = await Promise.all([text(child.stdout), once(child, "close")]);
	if (status !== 0) return { died: true, surges: 0 };
	return { died: false, surges: (JSON.parse(printed) as { surges: number }).surges };
}

function inSmallHeap(args: readonly string[]): Promise<Outcome> {
	return run(process.execPath, [`--max-old-space-size=${HEAP.limit}`, load, "heap", ...args]);
}

/** Nothing where no control group can be made. */
async function inSmallGroup(args: readonly string[]): Promise<Outcome | undefined> {
	const group = limitedGroup(GROUP.limit);
	if (group === undefined) return undefined;
	try {
		// The shell enters the group, and then becomes the program.
		const script = `echo $$ > ${group}/cgroup.procs && exec "$@"`;
		return await run("sh", ["-c", script, "sh", process.execPath, load, "group", ...args]);
	} finally {
		await removed(group);
	}
}

/** The kernel may take a moment after the last process of the group has ended. */
async function removed(group: string): Promise<void> {
	for (let tries = 0; tries < 50; tries++) {
		try {
			rmdirSync(group);
			return;
		} catch {
			await setTimeout(100);
		}
	}
}

const rows: string[][] = [];
for (const [name, { smallest, largest }, start] of [
	[`heap of ${HEAP.limit} MB`, HEAP, inSmallHeap],
	[`control group of ${GROUP.limit} MiB`, GROUP, inSmallGroup],
] as const) {
	for (const minAge of [undefined, "0"]) {
		let [deaths, surges, runs] = [0, 0, 0];
		for (let i = 0; i < RUNS; i++) {
			const size = Math.round(smallest + ((largest - smallest) * i) / Math.max(1, RUNS - 1));
			const outcome = await start([String(size), values.seconds, ...(minAge === undefined ? [] : [minAge])]);
			if (outcome === undefined) {
				console.error(`no ${name}: it can be made by root only, where control groups may be written`);
				break;
			}
			runs++;
			deaths += outcome.died ? 1 : 0;
			surges += outcome.surges;
		}
		rows.push([name, minAge ?? "default", String(runs), String(deaths), (surges / runs).toFixed(1)]);
	}
}
console.log(
	markdownTable([["limit", "minAge", "runs", "deaths", "surges a run"], ...rows], {
		align: ["l", "r", "r", "r", "r"],
	}),
);
