import { HelperProcess } from "../measure/helper-process.ts";
import { GLIBC_TUNING } from "../measure/tuning.ts";
import type { Latency } from "../report/model.ts";
import type { LoadCommand } from "./http-load-client.ts";
import type { Run } from "./session.ts";

/** How long the client may take beyond the time that it is told to load the server. */
const GRACE_MS = 20_000;

const UNTUNED = Object.fromEntries(Object.keys(GLIBC_TUNING).map((name) => [name, undefined]));

/** The load client, in a process of its own so that its memory and collections are not the server's. */
export class HttpLoad {
	readonly #client: HelperProcess;

	/** `requests` are the paths to ask for, which are gone through round and round. */
	constructor(origin: string, connections: number, requests: readonly string[]) {
		this.#client = new HelperProcess("the load client", new URL("./http-load-client.js", import.meta.url), {
			args: [origin, String(connections), ...requests],
			// The client is the same whatever the server is tuned with.
			environment: UNTUNED,
		});
	}

	/** Asks once for each of the paths and digests the answers. */
	async digest(): Promise<string> {
		return ((await this.#ask({ kind: "digest" })) as { digest: string }).digest;
	}

	async run(milliseconds: number): Promise<Run> {
		const start = performance.now();
		const { operations } = (await this.#ask({ kind: "load", milliseconds }, milliseconds)) as {
			operations: number;
		};
		return { operations, start, end: performance.now() };
	}

	async takeLatency(): Promise<Latency> {
		return (await this.#ask({ kind: "latency" })) as Latency;
	}

	stop(): void {
		this.#client.stop();
	}

	#ask(command: LoadCommand, milliseconds = 0): Promise<unknown> {
		return this.#client.ask(command, milliseconds + GRACE_MS);
	}
}
