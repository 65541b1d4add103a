import { GLIBC_TUNING } from "../measure/tuning.ts";
import { MOST_ESTIMATED } from "../report/estimate.ts";
import type { SiteVerdict } from "../report/model.ts";
import { bytes, times } from "../report/units.ts";
import type { JudgedSite } from "./judged-site.ts";
import { poolCode } from "./pool-code.ts";
import type { AllocationSite } from "./sites.ts";

type Remedy = SiteVerdict["remedy"];

/** What the whole program took, and what could be set for it. */
export interface ProgramFacts {
	readonly cpuMs: number;
	readonly collectionMs: number;
	/** How much of major collections memory outside the heap asks for. */
	readonly majorByOffHeap: number;
	readonly nodeMajor: number;
	/** Whether glibc's settings apply. */
	readonly tunable: boolean;
}

/** Less than this is not worth the care that a pool asks for. */
const WORTHWHILE = 1.05;
/** A cheaper remedy is advised where it saves at least this much of what a pool would. */
const ENOUGH = 0.7;
/** A remedy that saves less of it is not worth a word. */
const NOTEWORTHY = 0.25;
/** Live data cannot be reused. */
const MOSTLY_RETAINED = 0.6;
/** A site that saves less than this by itself is told of as one of its function's. */
const LEAST_OWN_SAVING = 1.005;
/** Up to this size Node cuts Buffers from a slab, and a program can do the same. */
const SLAB_BYTES = 4096;
/** Who cuts as many views from one block already shares its cost among them. */
const SLAB_VIEWS = 8;

export interface Advice {
	readonly verdict: SiteVerdict;
	/** Every remedy that would help, the cheapest first. */
	readonly remedies: readonly { readonly remedy: Remedy; readonly text: string }[];
}

export function adviseOn(judged: JudgedSite, program: ProgramFacts): Advice {
	const { site } = judged;
	const estimate = ratioOf(judged.own.byPool, program);
	const nothing = (reason: string): Advice => ({
		verdict: { remedy: "nothing", text: "leave it", reason, estimate, code: undefined },
		remedies: [],
	});
	if (site.kind === "heap") return heapAdvice(judged, program, nothing);
	if (site.inHeapShare > 0.5) {
		return nothing(
			`arrays of ${bytes(site.meanSize)} are kept in the heap itself: V8 makes one in some 50 ns`,
		);
	}
	if (site.slabShare > 0.5) {
		return nothing(`Node cuts Buffers of ${bytes(site.meanSize)} from a slab already`);
	}
	if ((site.lifetimes?.retained ?? 0) >= MOSTLY_RETAINED) {
		return nothing("most of it is still in use when it is looked for: what is kept cannot be reused");
	}
	if (site.viewsEach >= SLAB_VIEWS && !staysInside(judged)) {
		return nothing(
			`it is a slab already: some ${approximate(site.viewsEach)} views are cut from each and handed on, and nobody tells when the last of them is done with`,
		);
	}
	const group = ratioOf(judged.group.byPool, program);
	if (group < WORTHWHILE) {
		return nothing(
			`the same work would take at best ${times(group)} less CPU: ${bytes(site.bytes)} in ${approximate(site.count)} allocations cost little here`,
		);
	}
	if (estimate < LEAST_OWN_SAVING) {
		return nothing(
			`by itself it costs little: ${bytes(site.bytes)} in ${approximate(site.count)} allocations`,
		);
	}
	const remedies = remediesFor(judged, program);
	const chosen = remedies.find(({ saves }) => saves >= ENOUGH) ?? remedies.at(-1);
	if (chosen === undefined) return nothing("no remedy is known for it");
	const { remedy, text, reason } = chosen;
	return {
		verdict: {
			remedy,
			text,
			reason,
			estimate,
			code: codeFor(remedy, judged),
		},
		remedies: remedies.map(({ remedy: kind, text: what }) => ({ remedy: kind, text: what })),
	};
}

function codeFor(remedy: Remedy, judged: JudgedSite): string | undefined {
	if (remedy === "allocator") {
		return Object.entries(GLIBC_TUNING)
			.map(([name, value]) => `export ${name}=${value}`)
			.join("\n");
	}
	return remedy === "pool" || remedy === "variable" || remedy === "shared pool"
		? poolCode(judged)
		: undefined;
}

function heapAdvice(
	{ site, own }: JudgedSite,
	program: ProgramFacts,
	nothing: (reason: string) => Advice,
): Advice {
	const estimate = ratioOf(own.byPool, program);
	const { lifetimes, meanSize } = site;
	const size = `objects of about ${Math.max(8, Math.round(meanSize / 8) * 8)} bytes`;
	if ((lifetimes?.retained ?? 0) >= MOSTLY_RETAINED)
		return nothing(`${size} that stay in use: live data cannot be reused`);
	const survivors = lifetimes === undefined ? 0 : 1 - lifetimes.tick - lifetimes.minor;
	if (estimate >= WORTHWHILE && survivors > NOTEWORTHY) {
		return {
			verdict: {
				remedy: "flags",
				text: "a larger young generation: node --max-semi-space-size=64",
				reason: `${Math.round(survivors * 100)} % of these ${size} outlive a minor collection, which then copies them`,
				estimate,
				code: undefined,
			},
			remedies: [],
		};
	}
	return nothing(`${size}: V8 makes one in about 5 ns, which no pool beats`);
}

interface WeighedRemedy {
	readonly remedy: Remedy;
	readonly text: string;
	readonly reason: string;
	/** The share of what a pool would save. */
	readonly saves: number;
}

function remediesFor(judged: JudgedSite, program: ProgramFacts): WeighedRemedy[] {
	const { site, flow, group } = judged;
	const remedies: WeighedRemedy[] = [];
	const byTuning = group.byTuning / group.byPool;
	if (program.tunable && byTuning >= NOTEWORTHY) {
		remedies.push({
			remedy: "allocator",
			text: "settings of the allocator",
			reason: `${percent(byTuning)} of the cost is memory that glibc gives back to the system and asks for again`,
			saves: byTuning,
		});
	}
	const byCollections = (group.inCollections * program.majorByOffHeap) / group.byPool;
	if (program.nodeMajor === 24 && byCollections >= NOTEWORTHY) {
		remedies.push({
			remedy: "flags",
			text: "node --external-memory-accounted-in-global-limit",
			reason: `${percent(byCollections)} of the cost is major collections that memory outside the heap asks for; the flag makes them rarer, by how much only a trial tells`,
			saves: byCollections * 0.5,
		});
	}
	remedies.push(...reuse(judged, site));
	if (flow?.escapes.some(({ kind }) => kind === "posted")) {
		remedies.push({
			remedy: "shared pool",
			text: "a SharedPool: the memory stays where all threads see it, and the message is a number",
			reason: "it is posted to another thread",
			saves: 1,
		});
	}
	return remedies;
}

/** Whether the source shows that the value is done with when its function ends. */
function staysInside({ flow }: JudgedSite): boolean {
	return flow?.owner !== undefined && flow.escapes.length === 0 && !flow.isAsync;
}

function reuse(judged: JudgedSite, site: AllocationSite): WeighedRemedy[] {
	const { own, group } = judged;
	const why = costReason(site);
	const remedies: WeighedRemedy[] = [];
	const local = staysInside(judged);
	const constant = site.smallest === site.largest;
	if (local && constant) {
		remedies.push({
			remedy: "variable",
			text: "keep one in a variable of the module, or a pool where the function may call itself",
			reason: `it never leaves the function that makes it, and always has the same size; ${why}`,
			saves: 1,
		});
	}
	if (!local && (site.largest ?? 0) <= SLAB_BYTES && site.slabShare < 0.5 && site.meanSize < SLAB_BYTES / 4) {
		remedies.push({
			remedy: "slab",
			text: "cut them from a larger array, as Buffer.allocUnsafe does",
			reason: `small and handed on; ${why}`,
			saves: 0.5,
		});
	}
	remedies.push({
		remedy: "pool",
		text: poolText(site, group.byPool > own.byPool * 1.5),
		reason: why,
		saves: 1,
	});
	return remedies;
}

function poolText({ what }: AllocationSite, hasSiblings: boolean): string {
	if (what.startsWith("zlib.")) return "pool the compression contexts";
	return hasSiblings ? "pool it, as one object with the others of its function" : "pool it";
}

function costReason({ lifetimes, meanSize }: AllocationSite): string {
	const size = `${bytes(meanSize)} each`;
	if (lifetimes === undefined || lifetimes.isLate) return size;
	if (lifetimes.tick >= 0.5) return `${size}, unreachable by the end of the turn in which they are made`;
	const soon = lifetimes.tick + lifetimes.minor;
	return soon >= 0.5 ? `${size}, soon unreachable` : `${size}, in use across collections`;
}

/** How many times less CPU time the same work would take without so much of it. */
export function ratioOf(savedMs: number, { cpuMs }: ProgramFacts): number {
	if (cpuMs <= 0) return 1;
	return Math.min(MOST_ESTIMATED, cpuMs / Math.max(0, cpuMs - savedMs));
}

const percent = (share: number): string => `${Math.round(Math.min(1, share) * 100)} %`;
const approximate = (count: number): string => Math.round(count).toLocaleString("en");
