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

interface ContenderOptions {
	readonly args: readonly string[];
	readonly flags?: readonly string[];
	readonly environment?: Readonly<Record<string, string>>;
}

/** A process that waits, and works for a slice of time when it is told to. */
export class Contender {
	readonly #child: ChildProcess;

	constructor(script: string, { args, flags = [], environment = {} }: ContenderOptions) {
		this.#child = fork(fileURLToPath(new URL(`${script}.js`, import.meta.url)), args, {
			execArgv: [...flags],
			env: { ...process.env, ...environment },
			stdio: ["ignore", "ignore", "inherit", "ipc"],
		});
	}

	async work(milliseconds: number): Promise<Slice> {
		const ended = new AbortController();
		const { signal } = ended;
		const failed = once(this.#child, "exit", { signal }).then(([status]) => {
			throw new Error(`a contender ended with status ${status}`);
		});
		this.#child.send(milliseconds);
		try {
			const [slice] = await Promise.race([once(this.#child, "message", { signal }), failed]);
			return slice as Slice;
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
