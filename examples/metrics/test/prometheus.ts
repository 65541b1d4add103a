import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Why Prometheus cannot be run here, or `undefined` if it can. */
export function whyNotPrometheus(): string | undefined {
	const { error } = spawnSync("prometheus", ["--version"], { stdio: "ignore" });
	return error === undefined ? undefined : "no prometheus on the PATH";
}

/** Prometheus' own user, where this process may start others' processes and Debian's package made one. */
function itsUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const ask = (what: string) => spawnSync("id", [what, "prometheus"], { encoding: "utf8" });
	const [uid, gid] = [ask("-u"), ask("-g")];
	return uid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

async function freePort(): Promise<number> {
	const server = createServer();
	await once(server.listen(0, "127.0.0.1"), "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") throw new Error("no port");
	return address.port;
}

interface Answer {
	readonly status: string;
	readonly error?: string;
	readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

/** A Prometheus on loopback that scrapes one address every second. */
export class Prometheus {
	readonly #process: ChildProcess;
	readonly #folder: string;
	readonly #address: string;

	private constructor(process: ChildProcess, folder: string, address: string) {
		this.#process = process;
		this.#folder = folder;
		this.#address = address;
	}

	static async start(scraped: string): Promise<Prometheus> {
		const folder = mkdtempSync(join(tmpdir(), "ebbpool-prometheus-"));
		const config = join(folder, "prometheus.yml");
		writeFileSync(
			config,
			`scrape_configs:\n  - job_name: ebbpool\n    scrape_interval: 1s\n    static_configs: [{ targets: ["${scraped}"] }]\n`,
		);
		const user = itsUser();
		if (user !== undefined) for (const path of [folder, config]) chownSync(path, user.uid, user.gid);
		const address = `127.0.0.1:${await freePort()}`;
		const child = spawn(
			"prometheus",
			[
				`--config.file=${config}`,
				`--storage.tsdb.path=${join(folder, "data")}`,
				`--web.listen-address=${address}`,
				"--log.level=warn",
			],
			{ ...user, cwd: folder, stdio: ["ignore", "ignore", "inherit"] },
		);
		return new Prometheus(child, folder, address);
	}

	/** The values that a query gives now; throws what Prometheus has against the query. */
	async query(expression: string): Promise<number[]> {
		const url = `http://${this.#address}/api/v1/query?query=${encodeURIComponent(expression)}`;
		const answer = (await (await fetch(url)).json()) as Answer;
		if (answer.status !== "success") throw new Error(`${expression}: ${answer.error}`);
		return (answer.data?.result ?? []).map(({ value }) => Number(value[1]));
	}

	async stop(): Promise<void> {
		const ended = once(this.#process, "exit");
		this.#process.kill("SIGTERM");
		await ended;
		rmSync(this.#folder, { recursive: true, force: true });
	}
}
