import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a contender did in a slice of time. */
export interface Slice {
	readonly operations: number;
	readonly milliseconds: number;
	/** CPU time of its process, in microseconds. */
	readonly cpu: number;
}

/** A process that waits, and works for a slice of time when it is told to. */
export class Contender {
	readonly #child: ChildProcess;
	/** All that it did. */
	readonly done = { operations: 0, milliseconds: 0, cpu: 0 };

	constructor(
		script: string,
		args: readonly string[],
		{
			flags = [],
			environment = {},
		}: { flags?: readonly string[]; environment?: Record<string, string> } = {},
	) {
		this.#child = fork(fileURLToPath(new URL(`${script}.js`, import.meta.url)), args, {
			execArgv: [...flags],
			env: { ...process.env, ...environment },
			stdio: ["ignore", "ignore", "inherit", "ipc"],
		});
	}

	async work(milliseconds: number): Promise<void> {
		this.#child.send(milliseconds);
		const ended = new AbortController();
		const { signal } = ended;
		const failed = once(this.#child, "exit", { signal }).then(([status]) => {
			throw new Error(`a contender ended with status ${status}`);
		});
		try {
			const [slice] = (await Promise.race([once(this.#child, "message", { signal }), failed])) as [Slice];
			for (const key of ["operations", "milliseconds", "cpu"] as const) this.done[key] += slice[key];
		} finally {
			ended.abort();
			failed.catch(() => {});
		}
	}

	stop(): void {
		this.#child.kill();
	}
}

/** Does slices of work in the process of a contender. */
export function contend(work: (milliseconds: number) => Promise<{ operations: number }>): void {
	process.on("disconnect", () => process.exit());
	process.on("message", async (milliseconds: number) => {
		const cpuBefore = process.cpuUsage();
		const start = performance.now();
		const { operations } = await work(milliseconds);
		const { user, system } = process.cpuUsage(cpuBefore);
		const slice: Slice = { operations, milliseconds: performance.now() - start, cpu: user + system };
		process.send?.(slice);
	});
}
