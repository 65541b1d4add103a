import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** How much of what a process wrote to stderr is kept to explain its end. */
const KEPT_STDERR_CHARACTERS = 2000;

interface HelperOptions {
	readonly args?: readonly string[];
	readonly flags?: readonly string[];
	/** Variables that it has besides ours, or has not (undefined). */
	readonly environment?: Readonly<Record<string, string | undefined>>;
}

type End = [status: number | null, signal: NodeJS.Signals | null];

/** A process that runs one of our modules and answers messages, one at a time. Its death is the asker's error. */
export class HelperProcess {
	readonly #title: string;
	readonly #child: ChildProcess;
	readonly #ended: Promise<End>;
	#stderr = "";

	/** `title` names the process in errors. The flags are Node's; none but those of `NODE_OPTIONS` are inherited. */
	constructor(title: string, module: URL, { args = [], flags = [], environment = {} }: HelperOptions = {}) {
		this.#title = title;
		this.#child = fork(module, args, {
			execArgv: [...flags],
			env: { ...process.env, ...environment },
			stdio: ["ignore", "ignore", "pipe", "ipc"],
		});
		this.#ended = once(this.#child, "close") as Promise<End>;
		this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
			this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR_CHARACTERS);
		});
	}

	/** Sends a message and resolves with the answer; rejects if the process ends first or takes too long. */
	async ask(message: object, withinMilliseconds: number): Promise<unknown> {
		const settled = new AbortController();
		const answered = once(this.#child, "message", { signal: settled.signal });
		let timedOut = false;
		const limit = setTimeout(() => {
			timedOut = true;
			this.#child.kill("SIGKILL");
		}, withinMilliseconds);
		// Failing to send is a sign of the end, which says more than the failure.
		this.#child.send(message, () => {});
		try {
			return await Promise.race([
				answered.then(([answer]) => answer),
				this.#ended.then((end) => {
					throw new Error(this.#explain(timedOut ? "did not answer in time" : describeEnd(end)));
				}),
			]);
		} finally {
			clearTimeout(limit);
			settled.abort();
			await answered.catch(() => {});
		}
	}

	stop(): void {
		this.#child.kill();
	}

	#explain(end: string): string {
		const said = this.#stderr.trim();
		return said === "" ? `${this.#title} ${end}` : `${this.#title} ${end}:\n${said}`;
	}
}

function describeEnd([status, signal]: End): string {
	return signal === null ? `ended with status ${status}` : `was killed by ${signal}`;
}

/**
 * Makes this process answer the messages of the process that forked it, and end with it. An error ends the process, and
 * reaches the asker as what Node prints.
 */
export function answerMessages<Message>(answer: (message: Message) => Promise<object>): void {
	process.on("disconnect", () => process.exit());
	// Ctrl-C reaches every process of a terminal; what is to happen then is for the one that forked this one to say.
	process.on("SIGINT", () => {});
	process.on("message", async (message) => {
		process.send?.(await answer(message as Message));
	});
}
