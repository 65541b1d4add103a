import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../commands/usage-error.ts";
import {
	DEFAULT_WORKLOADS,
	findWorkload,
	MISSING_WORKLOADS,
	missingPackage,
	WORKLOADS,
} from "../workloads/index.ts";
import type { Workload } from "../workloads/workload.ts";
import type { Subject } from "./compare.ts";
import type { WorkloadReference } from "./messages.ts";
import { resolveOwnPackages } from "./own-packages.ts";

const FILE = /[/\\]|\.[cm]?[jt]s$/u;

/** The workloads that the words of a command line stand for: names of ours, and files of the user's. */
export async function findSubjects(words: readonly string[], all: boolean): Promise<readonly Subject[]> {
	if (all && words.length > 0)
		throw new UsageError(`--all runs every workload: leave out ${words.join(" ")}`);
	if (all) return WORKLOADS.map(builtIn);
	if (words.length === 0) return DEFAULT_WORKLOADS.map(builtIn);
	const subjects: Subject[] = [];
	for (const word of new Set(words)) {
		if (FILE.test(word)) subjects.push(...(await fromFile(word)));
		else subjects.push(builtIn(named(word)));
	}
	return subjects;
}

/** Says which workloads are not among all, and what would have to be installed. */
export function leftOut(): string | undefined {
	const missing = MISSING_WORKLOADS.map(({ name }) => name);
	const [first] = missing;
	if (first === undefined) return undefined;
	return `left out, since ${missingPackage(first)} is not installed: ${missing.join(", ")}`;
}

function builtIn(workload: Workload): Subject {
	return { workload, reference: { name: workload.name } };
}

function named(name: string): Workload {
	const workload = findWorkload(name);
	if (workload !== undefined) return workload;
	const missing = missingPackage(name);
	if (missing !== undefined) {
		throw new UsageError(
			`${name} needs the package ${missing}, which is not installed: npm install ${missing}`,
		);
	}
	throw new UsageError(
		`unknown workload ${name}; known: ${WORKLOADS.map((known) => known.name).join(", ")}, ` +
			"or the file of one of your own (ebbpool bench init writes a template)",
	);
}

async function fromFile(file: string): Promise<readonly Subject[]> {
	const path = resolve(file);
	if (!existsSync(path)) throw new UsageError(`there is no file ${file}`);
	const url = pathToFileURL(path).href;
	const workloads = await importWorkloads(url, file);
	const names = workloads.map(({ name }) => name);
	const twice = names.find((name, at) => names.indexOf(name) !== at);
	if (twice !== undefined) throw new UsageError(`${file}: there are two workloads called ${twice}`);
	return workloads.map((workload) => ({ workload, reference: { name: workload.name, url } }));
}

async function importWorkloads(url: string, file: string): Promise<readonly Workload[]> {
	resolveOwnPackages();
	let exported: unknown;
	try {
		({ default: exported } = await import(url));
	} catch (error) {
		throw new UsageError(`${file} cannot be loaded: ${explain(error)}`, { cause: error });
	}
	const workloads = Array.isArray(exported) ? exported : [exported];
	if (workloads.length > 0 && workloads.every(isWorkload)) return workloads;
	throw new UsageError(
		`${file}: expected its default export to be defineWorkload({ … }) of @ebbpool/cli/workload, or an array of these`,
	);
}

function explain(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if ((error as NodeJS.ErrnoException).code !== "ERR_UNKNOWN_FILE_EXTENSION") return error.message;
	return `${process.release.name} ${process.version} runs no TypeScript; write it in JavaScript (.mjs), or use Node 22.18 or newer`;
}

function isWorkload(value: unknown): value is Workload {
	const { name, open, sources } = (value ?? {}) as Partial<Workload>;
	return typeof name === "string" && typeof open === "function" && Array.isArray(sources);
}

/** The workload that a measuring process was told to measure. */
export async function loadWorkload({ name, url }: WorkloadReference): Promise<Workload> {
	const workload =
		url === undefined
			? findWorkload(name)
			: (await importWorkloads(url, basename(url))).find((found) => found.name === name);
	if (workload === undefined) throw new Error(`no workload ${name}`);
	return workload;
}
