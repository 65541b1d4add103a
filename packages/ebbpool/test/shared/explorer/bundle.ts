import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type * as HandOver from "../../../dist/shared/hand-over.js";
import type * as Layout from "../../../dist/shared/layout.js";
import type * as OwnerWords from "../../../dist/shared/owner-word.js";
import type * as Reaper from "../../../dist/shared/reaper.js";
import type * as Registry from "../../../dist/shared/registry.js";
import type * as Share from "../../../dist/shared/thread-share.js";

/** What the explorer uses of the source. */
export type Core = typeof HandOver &
	typeof Layout &
	typeof OwnerWords &
	typeof Reaper &
	typeof Registry &
	typeof Share;

const source = fileURLToPath(new URL("../../../src/shared/", import.meta.url));
const compiled = new URL("../../../dist/shared/", import.meta.url);
const stepped = fileURLToPath(new URL("./stepped.js", import.meta.url));
const CORE = ["hand-over", "layout", "owner-word", "reaper", "registry", "thread-share"] as const;

/** A fault put into the source on purpose, to see whether the explorer finds it. */
export interface Fault {
	readonly file: string;
	readonly find: string;
	readonly replace: string;
}

/** Modules whose functions are framed where another module calls them: they change nothing but shared memory. */
const FRAMED = [
	"hints",
	"ownership",
	"search",
	"growth",
	"waiters",
	"registry",
	"reclaim",
	"reaper",
	"hand-over",
];

async function exportsOf(name: string): Promise<string[]> {
	return Object.keys(await import(new URL(`${name}.js`, compiled).href));
}

async function faulty(path: string, fault: Fault | undefined): Promise<string> {
	const text = await readFile(path, "utf8");
	if (fault === undefined || basename(path) !== fault.file) return text;
	const parts = text.split(fault.find);
	if (parts.length !== 2) throw new Error(`expected ${fault.file} to contain once: ${fault.find}`);
	return parts.join(fault.replace);
}

function substitute(bounds: Readonly<Record<string, number>>, fault: Fault | undefined): Plugin {
	const own = { namespace: "substitute", filter: /./ };
	return {
		name: "substitute",
		setup(build) {
			build.onResolve({ filter: /\/stepped\.[jt]s$/ }, () => ({
				path: pathToFileURL(stepped).href,
				external: true,
			}));
			build.onResolve({ filter: /^real:/ }, ({ path }) => ({ path: join(source, path.slice(5)) }));
			build.onResolve({ filter: /^\.\/[\w-]+\.ts$/ }, ({ path }) => {
				const name = basename(path, ".ts");
				if (name === "atomics" || name === "bounds" || FRAMED.includes(name)) {
					return { path: name, namespace: "substitute" };
				}
				return { path: join(source, `${name}.ts`) };
			});
			build.onLoad(own, async ({ path: name }) => {
				if (name === "bounds") {
					const lines = Object.entries(bounds).map(([key, value]) => `export const ${key} = ${value};`);
					return { contents: lines.join("\n"), resolveDir: source };
				}
				const names = await exportsOf(name);
				const [from, wrap] =
					name === "atomics"
						? ["atomics", (key: string) => `atomics.${key}`]
						: ["framed", (key: string) => `framed(real.${key})`];
				const real = name === "atomics" ? "" : `import * as real from "real:${name}.ts";`;
				const lines = names.map((key) => `export const ${key} = ${(wrap as (key: string) => string)(key)};`);
				return {
					contents: [`import { ${from} } from "./stepped.js";`, real, ...lines].join("\n"),
					resolveDir: source,
				};
			});
			build.onLoad({ filter: /src[\\/]shared[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
				contents: await faulty(path, fault),
				loader: "ts",
			}));
		},
	};
}

/** The real source of the lock-free core, bundled with a stepped `Atomics` and small bounds, and loaded. */
export async function loadCore(bounds: Readonly<Record<string, number>>, fault?: Fault): Promise<Core> {
	const { outputFiles } = await build({
		stdin: { contents: CORE.map((name) => `export * from "./${name}.ts";`).join("\n"), resolveDir: source },
		bundle: true,
		format: "esm",
		platform: "node",
		write: false,
		logLevel: "silent",
		plugins: [substitute(bounds, fault)],
	});
	const folder = await mkdtemp(join(tmpdir(), "ebbpool-explorer-"));
	try {
		const file = join(folder, "core.mjs");
		await writeFile(file, outputFiles[0]?.contents ?? "");
		return (await import(pathToFileURL(file).href)) as Core;
	} finally {
		await rm(folder, { recursive: true });
	}
}
