import type { createRequire } from "node:module";

/** One operation of a load; what it returns is what must be the same in every variant. */
export type Run = (at: number) => unknown;

/**
 * Opens a load on the package as it is installed in some folder: `require` and `load` (an `import`) start there. A load
 * imports nothing else but Node's modules, `data.mjs` and what lies beside it.
 */
export type OpenLoad = (
	require: ReturnType<typeof createRequire>,
	load: (specifier: string) => Promise<unknown>,
) => Run | { run: Run; close(): unknown } | Promise<Run | { run: Run; close(): unknown }>;

/** The two ways to reuse memory: a list written by hand, or a pool of Ebbpool's. */
export type ReuseWay = "byHand" | "pooled";

/** One replacement in a file; it must match exactly once. */
export interface Replacement {
	readonly does: string;
	readonly find: string | RegExp;
	readonly by: string;
}

/** All that is changed in one file of an installed package. */
export interface FileEdit {
	/** Where the file belongs to a package that the studied one depends on. */
	readonly package?: string | undefined;
	readonly file: string;
	readonly does: string;
	/** Put in front of the file, behind a "use strict". */
	readonly start: string;
	readonly replace: readonly Replacement[];
}

export type EditsFor = (way: ReuseWay) => readonly FileEdit[];

/** How a package's own tests are run, in a folder with the package and its tests. */
export interface OwnTests {
	/** What they need besides the package's dependencies. */
	readonly install: readonly string[];
	readonly command: string;
	/** What is taken from the checkout: folders, or the files in them whose path matches; else the folder `test`. */
	readonly copy?: readonly { readonly folder: string; readonly to?: string; readonly only?: RegExp }[];
	/** Further files, by name, which may take the place of others. */
	readonly write?: Readonly<Record<string, string>>;
}

export interface Study {
	readonly name: string;
	readonly version: string;
	/** Other packages that the load needs. */
	readonly alongside?: readonly string[] | undefined;
	/** Whose allocations the edits pool: functions as V8 names them, or what is called where they have no name. */
	readonly pools?: readonly string[] | undefined;
	readonly tests?: OwnTests | undefined;
	readonly edits: EditsFor | undefined;
}
