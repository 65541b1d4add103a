import { suites } from "../../../packages/ebbpool/test/contract/index.ts";
import {
	type ClockReport,
	clockScenario,
} from "../../../packages/ebbpool/test/contract/support/clock-scenario.ts";
import type { Case, Kit } from "../../../packages/ebbpool/test/contract/support/kit.ts";

export interface Outcome {
	readonly name: string;
	readonly result: "passed" | "failed" | "skipped";
	readonly why?: string;
}

export type JobName = "contract" | "clock";

/** Tests that cannot apply to a runtime, `SUITE: CASE`, and the reason. */
export interface Inapplicable {
	readonly why: string;
	readonly tests: readonly string[];
}

/** What a realm does when the matrix asks for it; the result survives `JSON` and `structuredClone`. */
export const jobs = { contract: runContract, clock: clockScenario } satisfies Record<
	JobName,
	(kit: Kit, inapplicable?: readonly Inapplicable[]) => Promise<readonly Outcome[] | ClockReport>
>;

const CASE_DEADLINE = 60_000;

async function runContract(
	kit: Kit,
	inapplicable: readonly Inapplicable[] = [],
): Promise<readonly Outcome[]> {
	const reasons = new Map(inapplicable.flatMap(({ why, tests }) => tests.map((test) => [test, why])));
	const outcomes: Outcome[] = [];
	for (const suite of suites) {
		for (const each of suite.cases) {
			const name = `${suite.name}: ${each.name}`;
			const why = reasons.get(name);
			if (reasons.delete(name)) outcomes.push({ name, result: "skipped", why: String(why) });
			else outcomes.push({ name, ...(await runCase(each, kit)) });
		}
	}
	// A list that is out of date would hide tests that apply by now.
	for (const name of reasons.keys()) {
		outcomes.push({
			name,
			result: "failed",
			why: "there is no test of this name, but a reason not to run it",
		});
	}
	return outcomes;
}

async function runCase(each: Case, kit: Kit): Promise<Omit<Outcome, "name">> {
	const lack = lackOf(each, kit);
	if (lack !== undefined) return { result: "skipped", why: lack };
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`not over after ${CASE_DEADLINE} ms`)), CASE_DEADLINE);
	});
	try {
		await Promise.race([each.run(kit), late]);
		return { result: "passed" };
	} catch (error) {
		return { result: "failed", why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
	} finally {
		clearTimeout(timer);
	}
}

function lackOf({ needs }: Case, { majorGC, diesOfFailedAllocation }: Kit): string | undefined {
	if (needs === "gc" && majorGC === undefined) return "nothing here can force a collection";
	if (needs === "failing allocation" && diesOfFailedAllocation) {
		return "an allocation that fails ends the thread here, and cannot be caught";
	}
	return undefined;
}
