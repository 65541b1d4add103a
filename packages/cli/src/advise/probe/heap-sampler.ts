import { type HeapProfiler, Session } from "node:inspector";
import { fileURLToPath } from "node:url";
import type { CollectionLog } from "./collection-log.ts";
import { now } from "./natives.ts";
import { isOwnCode } from "./own-code.ts";
import type { HeapSite, HeapWindow, HeapWindowKind } from "./thread-report.ts";

/**
 * The mean distance of samples in bytes: at 1 GB a second some 1,800 a second. As a multiple of the size of most small
 * objects it lets `objectSize` tell that size.
 */
const SAMPLING_INTERVAL = 20 * 27_720;

type CallFrame = HeapProfiler.SamplingHeapProfileNode["callFrame"];

/** With what the protocol has had since Node 13 and the types of Node 20 leave out. */
interface Node {
	readonly id: number;
	readonly callFrame: CallFrame;
	readonly children: readonly Node[];
}

interface Profile {
	readonly head: Node;
	readonly samples: readonly { readonly nodeId: number; readonly size: number }[];
}

/** Samples what this thread allocates in its heap, one window after another. */
export class HeapSampler {
	readonly #session = new Session();
	readonly #log: CollectionLog;
	#kind: HeapWindowKind = "all";
	#startedAt = 0;
	readonly windows: HeapWindow[] = [];
	/** The longest window's profile, as DevTools reads it. */
	#profile: { readonly ms: number; readonly text: string } | undefined;

	constructor(log: CollectionLog) {
		this.#log = log;
		this.#session.connect();
	}

	get profile(): string | undefined {
		return this.#profile?.text;
	}

	start(kind: HeapWindowKind): void {
		this.#kind = kind;
		const includeObjectsCollectedByMajorGC = kind !== "live";
		const includeObjectsCollectedByMinorGC = kind === "all";
		this.#post("HeapProfiler.startSampling", {
			samplingInterval: SAMPLING_INTERVAL,
			includeObjectsCollectedByMajorGC,
			includeObjectsCollectedByMinorGC,
		});
		this.#startedAt = now();
	}

	/** Ends the window. V8 forces a major collection for that. */
	stop(): void {
		const ms = now() - this.#startedAt;
		const result = this.#log.apart(() => this.#post("HeapProfiler.stopSampling"));
		const { profile } = result as { profile: Profile };
		this.windows.push({ kind: this.#kind, ms, sites: sitesOf(profile) });
		if (this.#kind === "all" && ms > (this.#profile?.ms ?? 0))
			this.#profile = { ms, text: JSON.stringify(profile) };
	}

	close(): void {
		this.#session.disconnect();
	}

	/** A session within the same thread calls back before `post` returns. */
	#post(method: string, params?: object): unknown {
		let answer: unknown;
		let failure: Error | null = null;
		this.#session.post(method, params as object, (error: Error | null, result?: object) => {
			failure = error;
			answer = result;
		});
		if (failure !== null) throw failure;
		return answer;
	}
}

interface Counting {
	readonly frame: CallFrame;
	readonly through: string | undefined;
	samples: number;
	count: number;
	bytes: number;
}

/** Adds up the samples by the nearest function on their stack that belongs to the program. */
function sitesOf({ head, samples }: Profile): HeapSite[] {
	const sites = new Map<string, Counting>();
	const byNode = new Map<number, Counting>();
	const visit = ({ callFrame, id, children }: Node, owner: CallFrame | undefined): void => {
		if (isOwnCode(callFrame.url)) return;
		const own = belongsToProgram(callFrame);
		const frame = own ? callFrame : owner;
		if (frame !== undefined)
			byNode.set(id, countingFor(sites, frame, own ? undefined : callFrame.functionName));
		for (const child of children) visit(child, frame);
	};
	visit(head, undefined);
	for (const { nodeId, size } of samples) {
		const site = byNode.get(nodeId);
		if (site === undefined) continue;
		site.samples++;
		site.bytes += size;
		site.count += size / objectSize(size);
	}
	return [...sites.values()]
		.filter(({ samples }) => samples > 0)
		.map(({ frame, ...counted }) => ({
			file: frame.url.startsWith("file:") ? fileURLToPath(frame.url) : frame.url,
			line: frame.lineNumber + 1,
			column: frame.columnNumber + 1,
			functionName: frame.functionName,
			...counted,
		}));
}

function countingFor(sites: Map<string, Counting>, frame: CallFrame, through: string | undefined): Counting {
	const key = `${frame.scriptId}:${frame.lineNumber}:${frame.columnNumber}:${through ?? ""}`;
	let site = sites.get(key);
	if (site === undefined) {
		site = { frame, through, samples: 0, count: 0, bytes: 0 };
		sites.set(key, site);
	}
	return site;
}

/**
 * V8 tells of a sample how many bytes it stands for: the object's size times 1 / (1 - e^(-size / interval)), rounded. For
 * a small object whose size divides the interval that is the interval and once the size. Others come out too small, never
 * below eight bytes; those as large as the interval come out right again.
 */
export function objectSize(bytes: number): number {
	if (bytes > 2 * SAMPLING_INTERVAL) return bytes;
	return Math.max(8, bytes - SAMPLING_INTERVAL);
}

function belongsToProgram({ url }: CallFrame): boolean {
	return url !== "" && !url.startsWith("node:");
}
