import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The branch in the constructor of `Pool` by which `ebbpool/checks` takes part. */
const HOOK_UP = /if \(new\.target === Pool && [^{}]*instrument\.wrap\) \{[^{}]*\}/gu;

/** Copies of the built library in a folder: two as it is, one without the hook-up of the checks. Returns their entries. */
export function makeBuilds(folder: string): Record<"asIs" | "again" | "without", string> {
	const built = dirname(fileURLToPath(import.meta.resolve("ebbpool")));
	const copy = (name: string): string => {
		const target = join(folder, name);
		mkdirSync(target);
		cpSync(built, join(target, "dist"), { recursive: true });
		cpSync(join(built, "..", "package.json"), join(target, "package.json"));
		return join(target, "dist");
	};
	const without = copy("without");
	const file = join(without, "pool", "local-pool.js");
	const text = readFileSync(file, "utf8");
	const found = text.match(HOOK_UP)?.length ?? 0;
	if (found !== 1)
		throw new Error(`${file}: the hook-up of the checks should be there once, and is ${found} times`);
	writeFileSync(file, text.replace(HOOK_UP, ""));
	const entry = (dist: string) => join(dist, "index.js");
	return { asIs: entry(copy("as-is")), again: entry(copy("again")), without: entry(without) };
}
