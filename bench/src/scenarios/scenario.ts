import type { Budget } from "../measure/budget.ts";
import type { Figure, Sample } from "../measure/sample.ts";

export interface Scenario {
	/** What is timed, as the end of the sentence "time per …". */
	readonly operation: string;
	/** What is compared: peers, or cases of our own. */
	readonly variants: readonly string[];
	/** The variants that the others are set in relation to. */
	readonly baselines: readonly string[];
	/** By variant, the one that does the least which any could do in its place: the table has the time beyond it. */
	readonly floors?: Readonly<Record<string, string>>;
	/** The figures worth a column beside the time. */
	readonly figures: readonly Figure[];
	/** The variants whose process has the allocator and V8 tuned, as `ebbpool bench` does it. */
	readonly tuned?: readonly string[];
	/** Measures one variant, in a process that measures nothing else. */
	measure(variant: string, budget: Budget): Promise<Sample>;
}
