import { fileURLToPath } from "node:url";
import { isOwnCode } from "./own-code.ts";
import type { Frame } from "./thread-report.ts";

/** Node's own modules may stand between a site and the allocation, so that the limit must leave room for both. */
const FRAMES = 20;
const KEPT_FRAMES = 4;

type CaptureTarget = { stack?: readonly NodeJS.CallSite[] };

/** The frames of whoever called, without those of the probe, and of Node's modules before the first that is the program's. */
export function callStack(): readonly Frame[] {
	const frames: Frame[] = [];
	let internal: Frame | undefined;
	for (const site of captured()) {
		const name = site.getFileName() ?? site.getEvalOrigin() ?? "";
		if (isOwnCode(name)) continue;
		const frame = frameOf(site, name);
		if (frames.length === 0 && (name === "" || name.startsWith("node:"))) {
			internal ??= frame;
			continue;
		}
		frames.push(frame);
		if (frames.length === KEPT_FRAMES) break;
	}
	if (frames.length > 0) return frames;
	return internal === undefined ? [] : [internal];
}

function frameOf(site: NodeJS.CallSite, name: string): Frame {
	return {
		file: pathOf(name),
		line: site.getLineNumber() ?? 0,
		column: site.getColumnNumber() ?? 0,
		functionName: site.getFunctionName() ?? "",
	};
}

const paths = new Map<string, string>();

function pathOf(name: string): string {
	if (!name.startsWith("file:")) return name;
	let path = paths.get(name);
	if (path === undefined) {
		path = fileURLToPath(name);
		paths.set(name, path);
	}
	return path;
}

/** The program may format stacks its own way and may have limited them, and finds both as they were. */
function captured(): readonly NodeJS.CallSite[] {
	const limit = Error.stackTraceLimit;
	const had = Object.hasOwn(Error, "prepareStackTrace");
	const prepare = Error.prepareStackTrace;
	try {
		Error.stackTraceLimit = FRAMES;
		Error.prepareStackTrace = (_error, sites) => sites;
		const target: CaptureTarget = {};
		Error.captureStackTrace(target);
		return Array.isArray(target.stack) ? target.stack : [];
	} catch {
		// Frozen intrinsics: then there is no structured stack to be had.
		return [];
	} finally {
		restore(limit, had, prepare);
	}
}

function restore(limit: number, had: boolean, prepare: typeof Error.prepareStackTrace): void {
	try {
		Error.stackTraceLimit = limit;
		if (had) Error.prepareStackTrace = prepare;
		else Reflect.deleteProperty(Error, "prepareStackTrace");
	} catch {
		// Nothing was changed.
	}
}
