import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as HandOver from "../../../dist/shared/core/hand-over.js";
import type * as Layout from "../../../dist/shared/core/layout.js";
import type * as OwnerWords from "../../../dist/shared/core/owner-word.js";
import type * as Ownership from "../../../dist/shared/core/ownership.js";
import type * as Reaper from "../../../dist/shared/core/reaper.js";
import type * as Registry from "../../../dist/shared/core/registry.js";
import type * as Cache from "../../../dist/shared/core/thread-cache.js";

/** What the explorer uses of the source. */
export type Core = typeof HandOver &
	typeof Layout &
	typeof OwnerWords &
	typeof Ownership &
	typeof Reaper &
	typeof Registry &
	typeof Cache;

const compiled = new URL("../../../dist/shared/core/", import.meta.url);
const stepped = new URL("./stepped.js", import.meta.url).href;
const CORE = [
	"hand-over",
	"layout",
	"owner-word",
	"ownership",
	"reaper",
	"registry",
	"thread-cache",
] as const;

/** A fault put into the source on purpose, to see whether the explorer finds it. */
export interface Fault {
	/** Without extension. */
	readonly file: string;
	/** As compiled; any white space stands for any other. */
	readonly find: string;
	readonly replace: string;
}

/**
 * Modules whose functions are framed, since they change nothing but shared memory: all that each declares, so that one which
 * is renamed, missing or new, or made in another way, is noticed, instead of more states being explored, or others.
 *
 * `framed`: its steps are forgotten once it has returned. `whole`: likewise; it collects in a variable what its callback
 * finds. `open`: it returns an owner word, which would not age. `pure`: it takes no step of its own, or one.
 */
const FRAMED: Readonly<Record<string, Readonly<Record<string, "framed" | "whole" | "open" | "pure">>>> = {
	growth: { grow: "framed" },
	"hand-over": { giveTo: "framed", giveGuarded: "open" },
	hints: { setHint: "framed", dropHint: "framed" },
	ownership: { tryClaim: "framed", free: "framed", transfer: "framed" },
	reaper: { sweepGeneration: "framed", sweep: "framed", reap: "framed" },
	reclaim: { reclaim: "framed" },
	"register-child": { registerChild: "framed" },
	registry: {
		stateOf: "pure",
		runtimeIdOf: "pure",
		stateWord: "pure",
		loadState: "pure",
		findThread: "framed",
		findAlive: "framed",
		isRecipient: "framed",
		tryEnter: "framed",
		enter: "framed",
		markDead: "framed",
		markChildrenDead: "framed",
		deadThreads: "whole",
		vacate: "framed",
	},
	search: { claimHinted: "framed", claimScanned: "framed", search: "framed" },
	"slot-count": { slotCount: "framed" },
	waiters: { announceWaiter: "framed", wakeWaiters: "framed" },
};
/** Modules that are explored as they are, or have stand-ins. */
const UNFRAMED = ["atomics", "bounds", "layout", "memory", "owner-word", "thread-cache"];

/** Fails unless two lists of names are the same. */
function expectSame(what: string, expected: readonly string[], found: readonly string[]): void {
	const missing = expected.filter((name) => !found.includes(name));
	const unknown = found.filter((name) => !expected.includes(name));
	if (missing.length + unknown.length === 0) return;
	throw new Error(
		`${what}: does not find ${missing.join() || "nothing"}; does not know ${unknown.join() || "none"}`,
	);
}

/** Replaces each function that the module declares; calls within the module find the replacement, too. */
async function frame(folder: string, name: string): Promise<void> {
	const path = join(folder, `${name}.js`);
	const source = await readFile(path, "utf8");
	const kinds = FRAMED[name] ?? {};
	const declared = [...source.matchAll(/^(?:export )?(?:async )?function\s*\*?\s*(\w+)/gm)];
	const assigned = [...source.matchAll(/^(?:export )?(?:const|let|var) (\w+) = [^;]*?(?:=>|\bfunction\b)/gm)];
	const functions = declared.map(([, name]) => name as string);
	const pure = assigned.map(([, name]) => name as string);
	expectSame(
		`${name}.js: functions`,
		Object.keys(kinds).filter((name) => kinds[name] !== "pure"),
		functions,
	);
	expectSame(
		`${name}.js: functions that are no declarations`,
		Object.keys(kinds).filter((name) => kinds[name] === "pure"),
		pure,
	);
	const frames = functions
		.filter((name) => kinds[name] !== "open")
		.map((name) => `${name} = ${kinds[name] === "whole" ? "framedWhole" : "framed"}(${name});`);
	await writeFile(path, [`import { framed, framedWhole } from "${stepped}";`, source, ...frames].join("\n"));
}

async function exportsOf(name: string): Promise<string[]> {
	return Object.keys(await import(new URL(`${name}.js`, compiled).href));
}

/** Puts a module in a module's place that exports the same names. */
async function substitute(folder: string, name: string, imports: string, exportOf: (key: string) => string) {
	const lines = (await exportsOf(name)).map((key) => `export const ${key} = ${exportOf(key)};`);
	await writeFile(join(folder, `${name}.js`), [imports, ...lines].join("\n"));
}

async function damage(folder: string, { file, find, replace }: Fault): Promise<void> {
	const path = join(folder, `${file}.js`);
	const words = find.trim().split(/\s+/);
	const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
	const parts = (await readFile(path, "utf8")).split(new RegExp(pattern));
	if (parts.length !== 2) throw new Error(`expected ${file}.js to contain once: ${find}`);
	await writeFile(path, parts.join(replace));
}

/**
 * The compiled source of the lock-free core, loaded from a copy in which `atomics` is the stepped stand-in, `bounds` has
 * small figures, and the functions of framed modules are.
 */
export async function loadCore(bounds: Readonly<Record<string, number>>, fault?: Fault): Promise<Core> {
	const folder = await mkdtemp(join(tmpdir(), "ebbpool-explorer-"));
	try {
		const from = fileURLToPath(compiled);
		const files = (await readdir(from)).filter((file) => file.endsWith(".js"));
		await writeFile(join(folder, "package.json"), '{"type":"module"}');
		for (const file of files) await copyFile(join(from, file), join(folder, file));
		if (fault !== undefined) await damage(folder, fault);
		await substitute(folder, "atomics", `import { atomics } from "${stepped}";`, (key) => `atomics.${key}`);
		await substitute(folder, "bounds", "", (key) => String(bounds[key]));
		expectSame(
			"shared/core: modules",
			[...Object.keys(FRAMED), ...UNFRAMED],
			files.map((file) => file.replace(/\.js$/, "")),
		);
		for (const name of Object.keys(FRAMED)) await frame(folder, name);
		const modules = CORE.map((name) => import(pathToFileURL(join(folder, `${name}.js`)).href));
		return Object.assign({}, ...(await Promise.all(modules))) as Core;
	} finally {
		await rm(folder, { recursive: true });
	}
}
