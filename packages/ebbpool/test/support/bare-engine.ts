import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { createContext, runInContext, Script } from "node:vm";

const manifestFile = createRequire(import.meta.url).resolve("ebbpool/package.json");
const root = dirname(manifestFile);
const commonJs = join(root, "dist/cjs");
/** What bundlers for the web put in the place of what is Node's. */
const { browser: replaced } = JSON.parse(readFileSync(join(commonJs, "package.json"), "utf8")) as {
	browser: Readonly<Record<string, string>>;
};
const { exports: entries } = JSON.parse(readFileSync(manifestFile, "utf8")) as {
	exports: Readonly<Record<string, { readonly require?: { readonly default: string } }>>;
};

/** The entry points that are not Node's by nature, by name: `ebbpool/bytes`. */
export const portableEntries: readonly string[] = Object.keys(entries)
	.filter((entry) => !/\.json$|^\.\/(http|files)$/.test(entry))
	.map((entry) => entry.replace(".", "ebbpool"));

/**
 * An engine that has nothing but the language: no timers, no text encoder, no console. The library's CommonJS build runs
 * in it, as bundled for the web.
 */
export class BareEngine {
	readonly #context = createContext({});
	readonly #modules = new Map<string, { exports: unknown }>();

	/** Gives it what a host has. */
	give(globals: object): void {
		Object.assign(this.#context, globals);
	}

	/** Runs a program's text there. */
	run(text: string): unknown {
		return runInContext(text, this.#context);
	}

	/** @param name - of an entry point */
	// biome-ignore lint/suspicious/noExplicitAny: what another realm's module exports has no types here.
	require(name: string): any {
		const entry = entries[name.replace("ebbpool", ".")]?.require;
		if (entry === undefined) throw new Error(`there is no ${name}`);
		return this.#load(resolve(root, entry.default));
	}

	#load(file: string): unknown {
		const loaded = this.#modules.get(file);
		if (loaded !== undefined) return loaded.exports;
		const module = { exports: {} };
		this.#modules.set(file, module);
		const run = programOf(file).runInContext(this.#context);
		const require = (path: string) => this.#load(replacement(resolve(dirname(file), path)));
		(run as (...given: unknown[]) => void)(module.exports, require, module);
		return module.exports;
	}
}

/** By file; compiled once for all engines. */
const programs = new Map<string, Script>();

function programOf(file: string): Script {
	const known = programs.get(file);
	if (known !== undefined) return known;
	const text = `(function (exports, require, module) {${readFileSync(file, "utf8")}\n})`;
	const program = new Script(text, { filename: file });
	programs.set(file, program);
	return program;
}

function replacement(file: string): string {
	const path = `./${file.slice(commonJs.length + 1).replaceAll("\\", "/")}`;
	return resolve(commonJs, replaced[path] ?? path);
}
