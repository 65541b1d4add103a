/** What a module in `commands/index.ts` exports: one word after `ebbpool`. */
export interface Command {
	/** One line a form of the command, without "ebbpool". */
	readonly usage: readonly string[];
	/** What `ebbpool NAME --help` prints. */
	help(): string;
	/** Carries out the command and returns the exit status; throws a `UsageError` for what it cannot carry out. */
	run(args: readonly string[]): Promise<number>;
}
