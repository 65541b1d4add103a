import type { Pattern } from "./patterns.ts";
import type { Policy } from "./policies.ts";

export interface Outcome {
	/** Of all gets, those that found an item. */
	readonly hits: number;
	/** Items pooled, on average over time. */
	readonly held: number;
}

interface Event {
	readonly at: number;
	readonly what: "get" | "put" | "tick";
}

/** What happens within so many milliseconds: uses by the pattern, and the recorded ticks over and over. */
export function eventsOf(
	pattern: Pattern,
	ticks: readonly number[],
	period: number,
	length: number,
): Event[] {
	const events: Event[] = pattern.uses(length).flatMap(({ from, to }) => [
		{ at: from, what: "get" },
		{ at: to, what: "put" },
	]);
	for (let start = 0; start < length; start += period)
		for (const tick of ticks) events.push({ at: start + tick, what: "tick" });
	return events.filter(({ at }) => at < length).sort((a, b) => a.at - b.at);
}

export function simulate(policy: Policy, events: readonly Event[], length: number): Outcome {
	const shelf = policy.start();
	let gets = 0;
	let hits = 0;
	let held = 0;
	let last = 0;
	for (const { at, what } of events) {
		held += shelf.items * (at - last);
		last = at;
		if (what === "tick") shelf.tick(at);
		else if (what === "put") shelf.put(at);
		else {
			gets++;
			if (shelf.take(at)) hits++;
		}
	}
	held += shelf.items * (length - last);
	return { hits: hits / gets, held: held / length };
}
