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
import { hearUnseen } from "./unseen.ts";
import { type Step, windows } from "./window-plan.ts";

/** What is written while the program runs is all that is left of one that is killed. */
const WRITE_EVERY_MS = 2000;
/** Collections that the probe forces may take this share of the time, but for the first ones. */
const MOST_FORCED_SHARE = 0.01;
/** How long a turn of the event loop is waited for in which something is sampled. */
const PATIENCE_MS = 100;

/** Watches one thread of the program from before its first module until its end. */
export class ThreadProbe {
	readonly #spool: Spool;
	readonly #counter = new OffHeapCounter();
	readonly #log = new CollectionLog();
	#heap: HeapSampler | undefined;
	readonly #windows = windows();
	#window: Step = { kind: "all", ms: 0 };
	readonly #startedAt = now();
	readonly #startedAtEpoch = Date.now();
	readonly #pageFaultsAtStart = process.resourceUsage().minorPageFault;
	readonly #cpuAtStart = process.cpuUsage();
	readonly #threadCpuAtStart = threadCpuUs();
	#heapFailure: string | undefined;
	#offHeapWindow: OffHeapWindow | undefined;
	#allOffHeap: ThreadReport["allOffHeap"];
	#writtenAt = 0;
	#ended = false;

	constructor(spool: Spool) {
		this.#spool = spool;
		hookConstructors(this.#counter);
		hookBuffer(this.#counter);
		hookZlib(this.#counter);
		hookViews(this.#counter.views);
		this.#counter.onSample = () => this.#sampled();
		this.#counter.apart(() => {
			this.#open();
			this.#write(false);
		});
		hearUnseen("exit", () => this.end());
	}

	/** Writes the last report; what happens after it is not seen. */
	end(): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#counter.paused = true;
		this.#close(true);
		this.#write(true);
		this.#heap?.close();
	}

	/** Begins the next window. */
	#open(): void {
		this.#window = this.#windows.next().value;
		const { kind, ms } = this.#window;
		this.#sampleHeap((heap) => heap.start(kind));
		if (kind === "survivors") this.#offHeapWindow = allOffHeapWindow(this.#log, this.#counter);
		later(() => this.#closeAfterTurn(), ms).unref();
	}

	/** Lets a turn pass in which much is sampled, so that the collection at the window's end tells what outlives a turn. */
	#closeAfterTurn(): void {
		if (this.#ended) return;
		const { ms, canWait } = this.#window;
		if (canWait && this.#log.forcedMs > this.#elapsed() * MOST_FORCED_SHARE) {
			later(() => this.#closeAfterTurn(), ms).unref();
			return;
		}
		this.#counter.beginTurn();
		let isDue = true;
		const close = (): void => {
			if (!isDue || this.#ended) return;
			isDue = false;
			this.#counter.apart(() => {
				this.#close();
				this.#open();
			});
		};
		this.#afterSample = () => nextTurn(close).unref();
		later(close, PATIENCE_MS).unref();
	}

	/** Called once, after the next sample. */
	#afterSample: (() => void) | undefined;

	#sampled(): void {
		const after = this.#afterSample;
		this.#afterSample = undefined;
		after?.();
		if (now() - this.#writtenAt > WRITE_EVERY_MS && !this.#ended) this.#write(false);
	}

	/** Ends the window, and looks at what the collection left that this takes. */
	#close(inTheJob = false): void {
		if (this.#offHeapWindow !== undefined) this.#allOffHeap = this.#offHeapWindow.stop();
		this.#offHeapWindow = undefined;
		if (!this.#sampleHeap((heap) => heap.stop())) this.#log.apart(collector());
		const { minor, major } = this.#log.totals();
		const ms = this.#elapsed();
		this.#counter.follower.look({ minorMs: mean(minor, ms), majorMs: mean(major, ms) }, inTheJob);
		this.#counter.endTurn();
	}

	/** Whether a step of the heap's sampler succeeded. Where one fails, the program goes on, and is watched, without it. */
	#sampleHeap(step: (heap: HeapSampler) => void): boolean {
		if (this.#heapFailure !== undefined) return false;
		try {
			this.#heap ??= new HeapSampler(this.#log);
			step(this.#heap);
			return true;
		} catch (error) {
			this.#heapFailure = (error as Error).message;
			return false;
		}
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
			allOffHeap: this.#allOffHeap,
			heapWindows: this.#heap?.windows ?? [],
			heapProfile: this.#heapFailure,
		};
		this.#spool.write(report, complete ? this.#heap?.profile : undefined);
	}
}
