import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { FORMAT, type Machine, type ReportHead, type Runtime } from "./model.ts";

/** The version of this tool. */
export function version(): string {
	return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}

/** What every report begins with, of a run that began then on this machine and runtime. */
export function reportHead(began: Date, interrupted: boolean): ReportHead {
	return {
		format: FORMAT,
		date: began.toISOString(),
		version: version(),
		machine: machine(),
		runtime: runtime(),
		interrupted,
	};
}

export function machine(): Machine {
	const processors = cpus();
	return {
		platform: process.platform,
		release: release(),
		architecture: process.arch,
		processor: processors[0]?.model.trim(),
		processors: processors.length,
		memory: totalmem(),
		glibc: glibcVersion(),
	};
}

/** The version of glibc; undefined where the C library is another, or nothing tells. */
export function glibcVersion(): string | undefined {
	if (process.platform !== "linux") return undefined;
	const { report } = process;
	if (report === undefined) return undefined;
	try {
		// Without this, the report looks up the names of all peers that there are connections to.
		Object.assign(report, { excludeNetwork: true });
		const { header } = report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
		return header.glibcVersionRuntime;
	} catch {
		return undefined;
	}
}

/** Variables that change how memory is allocated or collected. */
const MEMORY_VARIABLES = /^(?:MALLOC_|GLIBC_TUNABLES$|LD_PRELOAD$|NODE_OPTIONS$|BUN_JSC_|DENO_V8_FLAGS$)/u;

export function runtime(): Runtime {
	const { versions, env } = process;
	const environment = Object.fromEntries(
		Object.entries(env).filter((entry): entry is [string, string] => MEMORY_VARIABLES.test(entry[0])),
	);
	const rest = { versions: { ...versions }, environment };
	const { bun, deno, v8, node, webkit } = versions as Record<string, string | undefined>;
	if (bun !== undefined)
		return {
			name: "Bun",
			version: bun,
			engine: `JavaScriptCore ${webkit?.slice(0, 12) ?? ""}`.trim(),
			...rest,
		};
	if (deno !== undefined) return { name: "Deno", version: deno, engine: `V8 ${v8}`, ...rest };
	return { name: "Node", version: String(node), engine: `V8 ${v8}`, ...rest };
}
