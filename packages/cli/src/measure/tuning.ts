import { glibcVersion, runtime } from "../report/head.ts";
import type { Runtime, Tuning } from "../report/model.ts";

export const NO_TUNING: Tuning = { environment: {}, flags: [] };

/**
 * glibc gets large blocks from the system one by one, and gives the top of its heap back at once; each page of them then
 * costs a fault when it is first written to. These keep freed memory in the process.
 */
export const GLIBC_TUNING = {
	MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
	MALLOC_TRIM_THRESHOLD_: String(256 * 1024 * 1024),
	MALLOC_TOP_PAD_: String(16 * 1024 * 1024),
};

/** Since then external memory has a limit of its own, and reaching it is a major collection. */
const FIRST_NODE_WITH_EXTERNAL_LIMIT = 24;

/** What is to be tried before any code is changed, as far as this machine and the runtime (this one, unless told) know it. */
export function tuning({ name, version }: Pick<Runtime, "name" | "version"> = runtime()): Tuning {
	const flags = name === "Bun" ? [] : ["--max-semi-space-size=64"];
	if (name === "Node" && Number.parseInt(version, 10) >= FIRST_NODE_WITH_EXTERNAL_LIMIT) {
		flags.push("--external-memory-accounted-in-global-limit");
	}
	return { environment: glibcVersion() === undefined ? {} : GLIBC_TUNING, flags };
}
