import { load } from "./core/atomics.ts";

type WaitAsync = (
	words: Int32Array,
	at: number,
	value: number,
	timeout?: number,
) => { readonly async: false } | { readonly async: true; readonly value: Promise<unknown> };

const { waitAsync } = Atomics as typeof Atomics & { readonly waitAsync?: WaitAsync };

/** How often a word is looked at where there is no `Atomics.waitAsync`, in ms. */
const POLL = 5;

/**
 * Resolves when a word is not `seen` any more, or after `ms` milliseconds, or for no reason; keeps no process alive. Without
 * `Atomics.waitAsync` it looks again every few milliseconds.
 */
export async function waitForChange(words: Int32Array, at: number, seen: number, ms: number): Promise<void> {
	if (waitAsync !== undefined) {
		const waiting = waitAsync(words, at, seen, ms);
		if (waiting.async) await waiting.value;
		return;
	}
	for (let waited = 0; waited < ms && load(words, at) === seen; waited += POLL) {
		await new Promise<void>((resolve) => {
			const timer: unknown = setTimeout(resolve, POLL);
			// Node, Deno and Bun keep a process alive for a timer unless told not to; browsers give numbers.
			(timer as { unref?: () => void }).unref?.();
		});
	}
}
