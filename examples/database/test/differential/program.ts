/** One step of a program. The number chooses among what there is at that moment; where there is nothing, nothing is done. */
export type Step =
	| { readonly do: "connect" | "query" | "failing query"; readonly callback: boolean }
	| { readonly do: LentStep; readonly which: number }
	| { readonly do: "kill idle"; readonly which: number }
	| { readonly do: "end" };

/** What is done with a client by its user. */
export type LentStep =
	| "use"
	| "fail"
	| "begin"
	| "commit"
	| "roll back"
	| "kill lent"
	| "kill while it works"
	| "release"
	| "release with an error";

export interface Program {
	readonly max: number;
	readonly maxUses: number;
	readonly steps: readonly Step[];
}

/** Inside a transaction it counts what was written in there too: so it shows whose connection one has. */
export const COUNT = "select count(*)::int as count from ledger where run = $1";

export const textOf = (step: "use" | "fail" | "begin" | "commit" | "roll back", run: number): string =>
	({
		use: `select count(*)::int as count from ledger where run = ${run}`,
		fail: "select 1 / 0",
		begin: `begin; insert into ledger values (${run})`,
		commit: "commit",
		"roll back": "rollback",
	})[step];
