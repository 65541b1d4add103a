import type { createRequire } from "node:module";

/** One operation of a load; what it returns is what must be the same in every variant. */
export type Run = (at: number) => unknown;

/**
 * Opens a load on the package as it is installed in some folder: `require` and `load` (an `import`) start there. A load
 * imports nothing else but Node's modules and `data.mjs`.
 */
export type OpenLoad = (
	require: ReturnType<typeof createRequire>,
	load: (specifier: string) => Promise<Record<string, unknown>>,
) => Run | { run: Run; close(): unknown } | Promise<Run | { run: Run; close(): unknown }>;
