import { readFileSync } from "node:fs";

/** Not in Node's types of version 20. */
interface WithThreadCpu {
	threadCpuUsage?(): { readonly user: number; readonly system: number };
}

/** Microseconds of CPU that this thread took so far; undefined where neither Node nor the system tells. */
export function threadCpuUs(): number | undefined {
	const usage = (process as WithThreadCpu).threadCpuUsage?.();
	if (usage !== undefined) return usage.user + usage.system;
	try {
		const nanoseconds = Number.parseInt(readFileSync("/proc/thread-self/schedstat", "latin1"), 10);
		return Number.isNaN(nanoseconds) ? undefined : nanoseconds / 1000;
	} catch {
		return undefined;
	}
}
