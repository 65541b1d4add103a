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
		find: 'this.#reject(ticket.place, "aborted", reason);',
		replace:
			"ticket.resolve(Promise.reject(reason)); ticket.resolve = (outcome) => outcome.catch?.(() => {});",
	},
	{
		bug: "a deadline is armed anew when it is reached first",
		file: "waiting/waiters.js",
		find: 'this.#reject(place, "timeout"',
		replace: '(this.again = !this.again) || this.#reject(place, "timeout"',
	},
	{
		bug: "only the first deadline is watched",
		file: "waiting/waiters.js",
		find: "this.#fireAt(earliest);",
		replace: "",
	},
	{
		bug: "the alarm stays on when nobody waits",
		file: "waiting/waiters.js",
		find: "this.#fireAt(NEVER);",
		replace: "",
	},
	{
		bug: "a line that grows turns round",
		file: "waiting/waiter-queue.js",
		find: "(front + i)",
		replace: "(front - 1 - i)",
	},
	{
		bug: "a line full of gaps overwrites its first",
		file: "waiting/waiter-queue.js",
		find: "if (this.#length === capacity)",
		replace: "if (this.size === capacity)",
	},
	{
		bug: "whoever came last is served first",
		file: "waiting/waiters.js",
		find: "const place = this.#queue.front;",
		replace: "const place = (this.#queue.front + this.size - 1) & 7;",
	},
	{
		bug: "the listener stays on the signal",
		file: "waiting/signal-watch.js",
		find: "signal.removeEventListener",
		replace: "void",
	},
	{
		bug: "an idle resource is lent twice",
		file: "idle-shelf.js",
		find: "this.#idle.pop()",
		replace: "((this.again = !this.again) ? this.#idle.at(-1) : this.#idle.pop())",
	},
	{
		bug: "a second release gives back again",
		file: "lease.js",
		find: "entry.lease === this ? this.#lender.giveBack(entry) : DONE",
		replace: "this.#lender.giveBack(entry)",
	},
	{
		bug: "one more than max is opened",
		file: "bounded-pool.js",
		find: "this.#entries.size < this.#settings.max",
		replace: "this.#entries.size <= this.#settings.max",
	},
	{
		bug: "what is created too late is never destroyed",
		file: "hooks/opener.js",
		find: "this.#closer.closeOrphan(item, this.#then.ready)",
		replace: "item",
	},
	{
		bug: "a drain does not wait for what came too late",
		file: "bounded-pool.js",
		find: "this.#entries.size + this.#closer.orphans > 0",
		replace: "this.#entries.size > 0",
	},
	{
		bug: "a failed creation reaches nobody",
		file: "bounded-pool.js",
		find: 'this.#waiters.rejectAll("createFailed", error)',
		replace: "error",
	},
	{
		bug: "the place of a failed creation is lost",
		file: "bounded-pool.js",
		find: 'entry.state = "closed";\n        this.#entries.delete(entry);',
		replace: "",
	},
	{
		bug: "a resource that broke while it was idle is lent again",
		file: "bounded-pool.js",
		find: 'if (entry.state === "idle")',
		replace: "if (false)",
	},
	{
		bug: "a resource that broke while it was checked or reset is lent again",
		file: "bounded-pool.js",
		find: "if (entry.closeReason !== undefined) {",
		replace: "if (false) {",
	},
	{
		bug: "a check that is over still counts as under way",
		file: "hooks/upkeep.js",
		find: "this.checking--;",
		replace: "",
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
		find: 'if (this.#drain !== undefined)\n            return this.#waiters.refuse("drained", this.#drained());',
		replace: "",
	},
	{
		bug: "a drain leaves the idle ones open",
		file: "bounded-pool.js",
		find: 'this.#close(entry, "drained");\n        }\n        this.#shelf.unwatch',
		replace: "}\n        this.#shelf.unwatch",
	},
	{
		bug: "a drain waits for ever for what is not given back",
		file: "bounded-pool.js",
		find: 'if (entry.state === "inUse")\n                this.#close(entry, "drained");',
		replace: 'if (entry.state === "inUse") {}',
	},
	{
		bug: "the pause after a failure outlives a success",
		file: "hooks/backoff.js",
		find: "this.cancel();\n        this.failure = undefined;",
		replace: "this.failure = undefined;",
	},
	{
		bug: "nothing idle is ever closed",
		file: "idle-shelf.js",
		find: "this.#giveUp(entry, reason);",
		replace: "this.put(entry); return;",
	},
];
