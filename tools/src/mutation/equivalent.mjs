/**
 * Mutants that no test can find, since the program means the same with them, or differs only in speed: where, and why.
 * Each is told by the module, the line's text without white space at its ends, and the kind of change.
 *
 * @type {readonly { module: string, line: string, kind: string, why: string }[]}
 */
export const EQUIVALENT = [
	{
		module: "gc/aging.js",
		line: "holding = false;",
		kind: "the other truth value",
		why: "a place joins before anybody asks, which sets it",
	},
	{
		module: "gc/aging.js",
		line: "if (place.stamp === UNARMED)",
		kind: "the condition always holds",
		why: "no collection ran since the older stamp was given: the next one finds both dead",
	},
	{
		module: "gc/aging.js",
		line: "place.open = place.stamp < UNARMED;",
		kind: "the assignment is left out",
		why: "every put takes the slow half then, which does the same",
	},
	{
		module: "bytes/buffer-pool.js",
		line: "#maxLength = 2 ** 20;",
		kind: "one more",
		why: "the constructor sets it",
	},
	{
		module: "bytes/buffer-pool.js",
		line: "if (EMPTY === undefined)",
		kind: "the condition always holds",
		why: "it only looks for what is there then",
	},
	{
		module: "bytes/buffer-pool.js",
		line: "this.#shelves = new Array(classFor(maxLength) + 1).fill(undefined);",
		kind: "the assignment is left out",
		why: "a list that grows holds the same, slower",
	},
	{
		module: "resource/bounded-pool.js",
		line: "if (this.#waiters.size > 0 || this.#drain !== undefined)",
		kind: "> is >=",
		why: "the round that runs then finds nobody to serve: it costs time only",
	},
	{
		module: "resource/bounded-pool.js",
		line: "if (this.#places.size >= max && this.#waiters.size < maxWaiting) {",
		kind: "the condition never holds",
		why: "the slow half of acquire does the same, slower",
	},
	{
		module: "resource/bounded-pool.js",
		line: "if (this.#places.size >= max && this.#waiters.size < maxWaiting) {",
		kind: ">= is >",
		why: "the slow half of acquire does the same, slower",
	},
	{
		module: "resource/drain.js",
		line: "if (deadline >= this.#deadline)",
		kind: ">= is >",
		why: "of two equal deadlines either may count",
	},
	{
		module: "resource/entry.js",
		line: "this.#settled = undefined;",
		kind: "the assignment is left out",
		why: "who is told twice that it is settled has settled promises",
	},
	{
		module: "resource/idle-shelf.js",
		line: "#collection = 0;",
		kind: "one more",
		why: "only differences of it are looked at",
	},
	{
		module: "resource/idle-shelf.js",
		line: "const SHORT = 1_000;",
		kind: "one more",
		why: "which of two ways keeps the same promise at this very timeout",
	},
	{
		module: "resource/idle-shelf.js",
		line: "if (!this.#evictable)",
		kind: "the condition never holds",
		why: "the next sweep finds the same, and stops listening",
	},
	{
		module: "resource/bounded-pool.js",
		line: "else if (this.#quick && this.#parts.room.forHandOver) {",
		kind: "the condition never holds",
		why: "the slow half of release does the same, slower",
	},
	{
		module: "resource/loans.js",
		line: "this.#watched = parts.settings.leaseTimeout < NEVER;",
		kind: "< is <=",
		why: "leases are watched for a deadline that never comes, slowly",
	},
	{
		module: "resource/loans.js",
		line: "if (entry.leak !== undefined)",
		kind: "the condition always holds",
		why: "to cancel no deadline does nothing",
	},
	{
		module: "resource/waiting/signal-watch.js",
		line: "for (let i = 0; i < RECENT; i++) {",
		kind: "one more",
		why: "a signal that is not found gets a second listener, which does the same",
	},
	{
		module: "resource/entry.js",
		line: "age = 0;",
		kind: "one more",
		why: "the shelf sets it before anybody asks",
	},
	{
		module: "pool/local-pool.js",
		line: "if (this.#counted)",
		kind: "the condition always holds",
		why: "what is counted then is shown to nobody",
	},
	{
		module: "pool/local-pool.js",
		line: "if (this.#victimFirst && !this.#victims.any)",
		kind: "the condition never holds",
		why: "the fast halves stay closed until the next put, and the slow ones do the same",
	},
	{
		module: "pool/victims.js",
		line: "return last === undefined || atOnce || now - last.since >= minAge * APART;",
		kind: ">= is >",
		why: "at that very moment either will do",
	},
	{
		module: "bytes/varint.js",
		line: "return 0;",
		kind: "nothing is returned",
		why: "its caller takes both for none",
	},
	{
		module: "bytes/utf8.js",
		line: "const room = whole ? storage : storage.subarray(at, at + MOST_BYTES_PER_UNIT * text.length);",
		kind: "the condition never holds",
		why: "a view of the storage's beginning takes the same bytes, and is made anew each time",
	},
	{
		module: "resource/bounded-pool.js",
		line: "this.#quick = simple && !this.#validates;",
		kind: "the assignment is left out",
		why: "every acquire takes the slow half then, which does the same",
	},
	{
		module: "pool/victims.js",
		line: "batch.settling = false;",
		kind: "the other truth value",
		why: "what is weak is made weak once more",
	},
	{
		module: "resource/bounded-pool.js",
		line: "if (this.#validates)",
		kind: "the condition always holds",
		why: "nothing is idle while somebody waits, but what must be validated",
	},
	{
		module: "resource/drain.js",
		line: "this.#deadline = -NEVER;",
		kind: "the assignment is left out",
		why: "the deadline that has passed is earlier than any to come, too",
	},
	{
		module: "gc/major-clock.js",
		line: "return false;",
		kind: "nothing is returned",
		why: "its caller takes both for no",
	},
	{
		module: "bytes/expect-number.js",
		line: "if (!isIntegerWithin(value, min, max))",
		kind: "the condition always holds",
		why: "what is called then looks again",
	},
	{
		module: "gc/runtime.js",
		line: "if (!this.#timer?.current)",
		kind: "the condition always holds",
		why: "the timer is started anew for the same moment",
	},
	{
		module: "resource/room.js",
		line: "const NEW = 250;",
		kind: "one more",
		why: "an estimate: for one more call the stack is looked at as for the first ones",
	},
	{
		module: "shared/core/atomics.js",
		line: "Atomics.or(words, at, bits);",
		kind: "the call is left out",
		why: "a hint that is lost costs time and no slot",
	},
	{
		module: "shared/core/growth.js",
		line: "setHint(memory, slot);",
		kind: "the call is left out",
		why: "a hint that is lost costs time and no slot",
	},
	{
		module: "gc/runtime.js",
		line: "this.#closing = true;",
		kind: "the other truth value",
		why: "places are closed more than once in the next turn",
	},
	{
		module: "shared/core/layout.js",
		line: "export const stealsAt = (thread) => REGISTRY + thread * ENTRY + 3;",
		kind: "+ is -",
		why: "that word of the registry, in the entry before, is nobody else's",
	},
];
