import { createHash, type Hash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { Latencies } from "../measure/latencies.ts";
import type { Operation, Run, Session } from "./session.ts";

/** The event loop turns this often, as it does in a program that also has other work. */
const SLICE_MS = 10;

/** A session that runs an operation on its inputs, one after the other, round and round. */
export function loop(inputs: number, operation: Operation): Session {
	let expected: readonly number[] = [];
	const latencies = new Latencies();

	async function pass(audit: Hash): Promise<number[]> {
		const results: number[] = [];
		for (let input = 0; input < inputs; input++) results.push(await operation(input, audit));
		return results;
	}

	return {
		async verify() {
			const [first, second] = [createHash("sha256"), createHash("sha256")];
			expected = await pass(first);
			await pass(second);
			const digest = first.digest("hex");
			if (second.digest("hex") !== digest)
				throw new Error("the same inputs gave another result the second time");
			return digest;
		},

		async run(milliseconds): Promise<Run> {
			const start = performance.now();
			const deadline = start + milliseconds;
			let operations = 0;
			let input = 0;
			let now = start;
			while (now < deadline) {
				const sliceEnd = now + SLICE_MS;
				do {
					const began = now;
					const outcome = operation(input);
					// Awaiting what is there already would cost as much as a small operation.
					const result = typeof outcome === "number" ? outcome : await outcome;
					now = performance.now();
					latencies.record(now - began);
					if (result !== expected[input]) {
						throw new Error(`input ${input}: expected ${expected[input]}, got ${result}`);
					}
					operations++;
					if (++input === inputs) input = 0;
				} while (now < sliceEnd);
				await turn();
				now = performance.now();
			}
			return { operations, start, end: now };
		},

		async takeLatency() {
			return latencies.take();
		},

		async close() {},
	};
}
