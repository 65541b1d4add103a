import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchReport } from "@ebbpool/cli/report";

const MAIN = fileURLToPath(new URL("dist/main.js", import.meta.resolve("@ebbpool/cli/package.json")));

/** Runs `ebbpool bench` in all four ways on a Node; what it measured is kept in the folder under the Node's major version. */
export async function measureOn(node: string, args: readonly string[], folder: string): Promise<BenchReport> {
	const fresh = join(folder, "running.json");
	const child = spawn(node, [MAIN, "bench", "--all-ways", ...args, "--json", fresh], { stdio: "inherit" });
	const [status] = (await once(child, "close")) as [number | null];
	if (status !== 0) throw new Error(`ebbpool bench on ${node} ended with status ${status}`);
	const report = JSON.parse(readFileSync(fresh, "utf8")) as BenchReport;
	renameSync(fresh, join(folder, `node-${majorOf(report)}.json`));
	return report;
}

export function majorOf({ runtime }: BenchReport): number {
	return Number.parseInt(runtime.version, 10);
}
