import { performance } from "node:perf_hooks";
import { isMainThread, threadId } from "node:worker_threads";
import { collector } from "../../measure/collector.ts";
import { threadCpuUs } from "../../measure/thread-cpu.ts";
import { CollectionLog, mean } from "./collection-log.ts";
import { HeapSampler } from "./heap-sampler.ts";
import { hookBuffer } from "./hook-buffer.ts";
import { hookConstructors } from "./hook-constructors.ts";
import { hookViews } from "./hook-views.ts";
import { hookZlib } from "./hook-zlib.ts";
import { later, nextTurn, now } from "./natives.ts";
import { OffHeapCounter } from "./off-heap.ts";
import { allOffHeapWindow, type OffHeapWindow } from "./off-heap-window.ts";
import type { Spool } from "./spool.ts";
import type { ThreadReport } from "./thread-report.ts";
import { WindowPlan } from "./window-plan.ts";

/** The first look at what is still reachable; each further one comes after twice the time, so that few are needed. */
const FIRST_LOOK_MS = 400;
/** What is written while the program runs is all that is left of one that is killed. */
const WRITE_EVERY_MS = 2000;
/** Forced collections may take this share of the time. */
const MOST_FORCED_SHARE = 0.01;

/** Watches one thread of the program from before its first module until its end. */
export class ThreadProbe {
	readonly #spool: Spool;
	readonly #counter = new OffHeapCounter();
	readonly #log = new CollectionLog();
	readonly #collect = collector();
	readonly #heap: HeapSampler | undefined;
	readonly #plan: WindowPlan | undefined;
	readonly #startedAt = now();
	readonly #startedAtEpoch = Date.now();
	readonly #pageFaultsAtStart = process.resourceUsage().minorPageFault;
	readonly #cpuAtStart = process.cpuUsage();
	readonly #threadCpuAtStart = threadCpuUs();
	#heapFailure: string | undefined;
	#offHeapWindow: OffHeapWindow | undefined;
	#lookAfterMs = FIRST_LOOK_MS;
	#writtenAt = 0;
	#ended = false;

	constructor(spool: Spool) {
		this.#spool = spool;
		try {
			this.#heap = new HeapSampler(this.#log);
			this.#plan = new WindowPlan(this.#heap, (window) => this.#countAllOffHeap(window));
		} catch (error) {
			this.#heapFailure = (error as Error).message;
		}
		hookConstructors(this.#counter);
		hookBuffer(this.#counter);
		hookZlib(this.#counter);
		hookViews(this.#counter.views);
		this.#counter.onSample = () => this.#sampled();
		this.#write(false);
		this.#scheduleLook();
		process.once("exit", () => this.end());
	}

	/** Writes the last report; what happens after it is not seen. */
	end(): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#counter.paused = true;
		this.#plan?.end();
		this.#look(true);
		this.#write(true);
		this.#heap?.close();
	}

	#scheduleLook(): void {
		later(() => {
			if (this.#ended) return;
			if (
				this.#log.forcedMs > (now() - this.#startedAt) * MOST_FORCED_SHARE &&
				this.#lookAfterMs > FIRST_LOOK_MS
			) {
				this.#scheduleLook();
				return;
			}
			this.#lookAfterMs *= 2;
			this.#counter.beginTurn();
			this.#awaitsTurn = true;
		}, this.#lookAfterMs).unref();
	}

	/** True between the call for a look and the first sample after it, in whose turn the look comes. */
	#awaitsTurn = false;

	#sampled(): void {
		if (this.#awaitsTurn) {
			this.#awaitsTurn = false;
			nextTurn(() => {
				if (this.#ended) return;
				this.#look();
				this.#scheduleLook();
			}).unref();
		}
		if (now() - this.#writtenAt > WRITE_EVERY_MS && !this.#ended) this.#write(false);
	}

	#look(inTheJob = false): void {
		this.#log.apart(this.#collect);
		const { minor, major } = this.#log.totals();
		const ms = this.#elapsed();
		this.#counter.follower.look({ minorMs: mean(minor, ms), majorMs: mean(major, ms) }, inTheJob);
		this.#counter.endTurn();
	}

	#countAllOffHeap(running: boolean): void {
		if (running) this.#offHeapWindow = allOffHeapWindow(this.#log, this.#counter);
		else this.#offHeapWindow?.stop();
	}

	#threadCpuMs(): number | undefined {
		const us = threadCpuUs();
		return us === undefined || this.#threadCpuAtStart === undefined
			? undefined
			: (us - this.#threadCpuAtStart) / 1000;
	}

	#elapsed(): number {
		return now() - this.#startedAt - this.#log.forcedMs;
	}

	#write(complete: boolean): void {
		this.#writtenAt = now();
		const { user, system } = process.cpuUsage(this.#cpuAtStart);
		const report: ThreadReport = {
			format: 1,
			pid: process.pid,
			threadId,
			isMainThread,
			command: [...process.execArgv, ...process.argv.slice(1)],
			executable: process.execPath,
			startedAt: this.#startedAtEpoch,
			node: process.version,
			v8: process.versions.v8,
			complete,
			wallMs: this.#elapsed(),
			cpuMs: (user + system) / 1000 - this.#log.forcedCpuMs,
			systemMs: system / 1000,
			threadCpuMs: this.#threadCpuMs(),
			processCpuMs: (user + system) / 1000,
			activeMs: this.#elapsed() - performance.eventLoopUtilization().idle,
			pageFaults: process.resourceUsage().minorPageFault - this.#pageFaultsAtStart,
			offHeap: this.#counter.report(),
			collections: this.#log.totals(),
			allOffHeap: this.#offHeapWindow?.result,
			heapWindows: this.#heap?.windows ?? [],
			heapProfile: this.#heapFailure,
		};
		this.#spool.write(report, complete ? this.#heap?.profile : undefined);
	}
}
