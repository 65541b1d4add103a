/** A bug that is made on purpose, as an edit of one compiled file: the simulation must find it. */
export interface Mutant {
	readonly bug: string;
	readonly file: string;
	/** Occurs once in the file. */
	readonly find: string;
	readonly replace: string;
}

export const mutants: readonly Mutant[] = [
	{
		bug: "what is handed to a caller that was aborted is lost",
		file: "waiting/waiters.js",
		find: "for (const { queue, index } of waiters) {",
		replace:
			"for (const waiter of waiters) { const { queue, index } = waiter; waiter.resolve(Promise.reject(reason)); waiter.resolve = (outcome) => outcome.catch?.(() => {}); continue;",
	},
	{
		bug: "a deadline is armed anew when it is reached first",
		file: "waiting/waiters.js",
		find: 'this.#reject(queue, index, "timeout"',
		replace: '(this.again = !this.again) || this.#reject(queue, index, "timeout"',
	},
	{
		bug: "only the first deadline is watched",
		file: "waiting/waiters.js",
		find: "this.#fireAt(earliest);",
		replace: "",
	},
	{
		bug: "the deadline stays on when nobody waits",
		file: "waiting/waiters.js",
		find: "this.#fireAt(NEVER);",
		replace: "",
	},
	{
		bug: "a queue that grows turns round",
		file: "waiting/waiter-queue.js",
		find: "(front + i)",
		replace: "(front - 1 - i)",
	},
	{
		bug: "a queue full of gaps overwrites its first",
		file: "waiting/waiter-queue.js",
		find: "if (this.#length === capacity)",
		replace: "if (this.size === capacity)",
	},
	{
		bug: "whoever came last is served first",
		file: "waiting/waiters.js",
		find: "return this.#take(queue, queue.front);",
		replace: "return this.#take(queue, (queue.front + this.size - 1) & 7);",
	},
	{
		bug: "the listener stays on the signal",
		file: "waiting/signal-watch.js",
		find: "stopListening(watch.signal, watch",
		replace: "void (watch.signal, watch",
	},
	{
		bug: "an idle resource is lent twice",
		file: "places.js",
		find: "if (all[length - 1] === placed)\n            all.pop();",
		replace: "if (all[length - 1] === placed) { if (!(this.again = !this.again)) all.pop(); }",
	},
	{
		bug: "a second release gives back again",
		file: "lease.js",
		find: "entry.lease === this ? this.#lender.giveBack(entry) : DONE",
		replace: "this.#lender.giveBack(entry)",
	},
	{
		bug: "one more than max is opened",
		file: "hooks/opener.js",
		find: "places.size < settings.max",
		replace: "places.size <= settings.max",
	},
	{
		bug: "what is created too late is never destroyed",
		file: "hooks/opener.js",
		find: "this.#keeper.closeOrphan(item)",
		replace: "item",
	},
	{
		bug: "a drain does not wait for what came too late",
		file: "drain.js",
		find: "places.size + this.#keeper.orphans > 0",
		replace: "places.size > 0",
	},
	{
		bug: "a failed creation reaches nobody",
		file: "hooks/opener.js",
		find: "this.#waiters.reject(inVain",
		replace: "void (inVain",
	},
	{
		bug: "the place of a failed creation is lost",
		file: "hooks/opener.js",
		find: "this.#parts.places.move(entry, Place.gone);",
		replace: "",
	},
	{
		bug: "a resource that broke while it was idle is lent again",
		file: "bounded-pool.js",
		find: "if (entry.place === Place.idle)\n            this.giveUp",
		replace: "if (false)\n            this.giveUp",
	},
	{
		bug: "a resource that broke while it was checked or reset is lent again",
		file: "bounded-pool.js",
		find: "entry.closeReason ?? (this.#places.exceed",
		replace: "(this.#places.exceed",
	},
	{
		bug: "a resource that was checked still counts as under way",
		file: "places.js",
		find: "this.#counts[from]--;",
		replace: "if (from !== checking) this.#counts[from]--;",
	},
	{
		bug: "after a failed check nothing else is looked for",
		file: "bounded-pool.js",
		find: "// A waiter that counted on it may find another.\n        this.#reconciler.run();",
		replace: "",
	},
	{
		bug: "when creations succeed again only one is opened",
		file: "bounded-pool.js",
		find: "// After failures one is tried at a time: now others may follow.\n        this.#reconciler.run();",
		replace: "",
	},
	{
		bug: "newcomers are served during a drain",
		file: "bounded-pool.js",
		find: 'if (this.#drain !== undefined)\n                return this.waiters.refuse("drained", refusals.drained());',
		replace: "",
	},
	{
		bug: "a drain leaves the idle ones open",
		file: "drain.js",
		find: 'this.#owner.giveUp(entry, "drained");',
		replace: "break;",
	},
	{
		bug: "a drain waits for ever for what is not given back",
		file: "drain.js",
		find: "this.#owner.takeAway(entry);",
		replace: "void entry;",
	},
	{
		bug: "the pause after a failure outlives a success",
		file: "hooks/backoff.js",
		find: "this.cancel();\n        this.failure = undefined;",
		replace: "this.failure = undefined;",
	},
	{
		bug: "after something broke nothing is opened any more",
		file: "hooks/backoff.js",
		find: "(!this.#pausing && underWay === 0)",
		replace: "false",
	},
	{
		bug: "nothing idle is ever closed",
		file: "idle-shelf.js",
		find: "this.#owner.giveUp(entry, reason);",
		replace: "return;",
	},
];
