import type { HeapSampler } from "./heap-sampler.ts";
import { later } from "./natives.ts";
import type { HeapWindowKind } from "./thread-report.ts";

interface Step {
	readonly kind: HeapWindowKind;
	readonly ms: number;
}

/** Two short windows tell what survives; each costs a collection at its end. The last step is repeated until the end. */
const STEPS: readonly Step[] = [
	{ kind: "all", ms: 2000 },
	{ kind: "survivors", ms: 1000 },
	{ kind: "live", ms: 1000 },
];
/** V8 keeps every sample until the window ends. */
const REST: Step = { kind: "all", ms: 60_000 };

/** Which window of heap samples comes when. */
export class WindowPlan {
	readonly #heap: HeapSampler;
	readonly #onSurvivors: (running: boolean) => void;
	#next = 0;
	#kind: HeapWindowKind = "all";
	#ended = false;

	/** `onSurvivors` is told when that window begins and ends. */
	constructor(heap: HeapSampler, onSurvivors: (running: boolean) => void) {
		this.#heap = heap;
		this.#onSurvivors = onSurvivors;
		this.#step();
	}

	end(): void {
		this.#ended = true;
		this.#stop();
	}

	#step(): void {
		const { kind, ms } = STEPS[this.#next++] ?? REST;
		this.#kind = kind;
		this.#heap.start(kind);
		if (kind === "survivors") this.#onSurvivors(true);
		later(() => {
			if (this.#ended) return;
			this.#stop();
			this.#step();
		}, ms).unref();
	}

	#stop(): void {
		if (this.#kind === "survivors") this.#onSurvivors(false);
		this.#heap.stop();
	}
}
