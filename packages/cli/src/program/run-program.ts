import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { UsageError } from "../commands/usage-error.ts";

export interface Ending {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	/** It was ended because its time was over. */
	readonly timeOver: boolean;
}

export interface RunOptions {
	/** The module that every process and thread of the program runs first. */
	readonly preload: URL;
	readonly environment: Readonly<Record<string, string>>;
	/** After so many seconds the program is asked to end. */
	readonly seconds?: number | undefined;
	/**
	 * Whether a signal has reached the program's code. Where that is told, the preload hears signals in the event loop only,
	 * and a program whose loop never turns is killed.
	 */
	readonly heard?: () => boolean;
}

const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR2"] as const;
/** How long a program may take to end after it was asked to. */
const GRACE_MS = 5000;

/**
 * Runs the program with a module of ours in it; standard streams, arguments and signals are its own. Throws a `UsageError`
 * where it cannot be started.
 */
export async function runProgram(
	[file = "", ...args]: readonly string[],
	options: RunOptions,
): Promise<Ending> {
	const child = spawn(file, args, { stdio: "inherit", env: environmentOf(options) });
	const stopper = new Stopper(child, options.heard);
	const stopPassing = passSignals(child, stopper);
	const clock = options.seconds === undefined ? undefined : stopAfter(stopper, options.seconds * 1000);
	try {
		const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
		return { code, signal: stopper.forced ?? signal, timeOver: clock?.over() ?? false };
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT") throw new UsageError(`there is no program ${file}`, { cause: error });
		if (code === "EACCES") throw new UsageError(`${file} cannot be run`, { cause: error });
		throw error;
	} finally {
		stopPassing();
		stopper.clear();
		clock?.clear();
	}
}

/** How long a signal may take to reach the program's code, if the event loop turns. */
const REACH_MS = 2000;

/**
 * With a probe in it, a program may hear signals in its event loop only, and one that never turns would not end, as it would
 * without. So when a signal has not come through in time, the program is killed, and what its probes wrote until then counts.
 */
class Stopper {
	readonly #child: ChildProcess;
	readonly #heard: (() => boolean) | undefined;
	#timer: NodeJS.Timeout | undefined;
	/** The signal that the program did not hear. */
	forced: NodeJS.Signals | undefined;

	constructor(child: ChildProcess, heard: (() => boolean) | undefined) {
		this.#child = child;
		this.#heard = heard;
	}

	/** The program was sent the signal, or is now. */
	stop(signal: NodeJS.Signals, isSent: boolean): void {
		if (!isSent) this.#child.kill(signal);
		const heard = this.#heard;
		if (heard === undefined) return;
		this.#timer ??= setTimeout(() => {
			if (heard()) return;
			this.forced = signal;
			this.#child.kill("SIGKILL");
		}, REACH_MS);
	}

	kill(): void {
		this.#child.kill("SIGKILL");
	}

	clear(): void {
		clearTimeout(this.#timer);
	}
}

function environmentOf({ preload, environment }: RunOptions): NodeJS.ProcessEnv {
	const { NODE_OPTIONS = "" } = process.env;
	return {
		...process.env,
		...environment,
		// First, so that nothing that the user preloads keeps a constructor for itself.
		NODE_OPTIONS: `--import=${preload.href} ${NODE_OPTIONS}`.trim(),
	};
}

/**
 * A terminal sends what its keys mean to the program as well, so that passing it on too would send it twice; what was sent
 * to this process alone is passed on.
 */
function passSignals(child: ChildProcess, stopper: Stopper): () => void {
	const listeners = PASSED_ON.map((signal) => {
		const listener = (): void => {
			if (signal === "SIGUSR2" || signal === "SIGQUIT") child.kill(signal);
			else stopper.stop(signal, signal === "SIGINT" && process.stdin.isTTY);
		};
		process.on(signal, listener);
		return [signal, listener] as const;
	});
	return () => {
		for (const [signal, listener] of listeners) process.off(signal, listener);
	};
}

function stopAfter(stopper: Stopper, ms: number) {
	let over = false;
	let killer: NodeJS.Timeout | undefined;
	const timer = setTimeout(() => {
		over = true;
		stopper.stop("SIGINT", false);
		killer = setTimeout(() => stopper.kill(), GRACE_MS);
	}, ms);
	return {
		over: () => over,
		clear(): void {
			clearTimeout(timer);
			clearTimeout(killer);
		},
	};
}

/** The exit status that says the same about this process as the program's did about it. */
export function statusOf({ code, signal, timeOver }: Ending): number {
	if (timeOver) return 0;
	return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
