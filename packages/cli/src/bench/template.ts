/** What `bench init` writes: a workload of one function, with everything that can be said about it. */
export const TEMPLATE = `// A workload of your own: ebbpool bench ./FILE
// The same function runs fresh, fresh with tuned allocator settings, with memory reused by hand (--all-ways), and pooled.
// They differ in nothing but where \`items\` come from.
import { defineWorkload } from "@ebbpool/cli/workload";

const utf8 = new TextEncoder();

export default defineWorkload({
	name: "mine",
	summary: "records to UTF-8 bytes",

	// How an item is made, and how it is cleaned on its way back: the options of \`new Pool({ … })\` in ebbpool.
	pool: {
		new: () => new Uint8Array(64 * 1024),
		// reset: (item) => item.fill(0),
		// dispose: (item) => {},
	},

	// What you write today without a pool, if that is not \`pool.new\`. It must have what \`run\` uses of an item.
	// fresh: () => new Uint8Array(64 * 1024),

	// Reusing memory without a pool; false if that cannot be done. Unless told: one item in a variable, or, with
	// --concurrency N, that many made beforehand.
	// byHand: false,

	// What the function is run on, round and round; made in each process that measures.
	inputs: () => Array.from({ length: 100 }, (_, id) => JSON.stringify({ id, text: "é".repeat(200 * (id % 10)) })),

	// One operation; it may be async. What it returns is compared with the first result each time, so return something
	// cheap that depends on all of the work; give bulky results to \`audit\`, which is there when the ways are compared.
	run(items, input, audit) {
		const item = items.get();
		const { written } = utf8.encodeInto(input, item);
		audit?.update(item.subarray(0, written));
		const result = written * 256 + item[written >> 1];
		items.put(item);
		return result;
	},
});
`;
