import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { findProgram } from "./programs.ts";
import { type Program, type User, userFor } from "./user.ts";

const STARTS_WITHIN = 20_000;
const STOPS_WITHIN = 10_000;

export const HOST = "127.0.0.1";
export const USER = "ebbpool";
export const DATABASE = "postgres";

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, HOST);
	await once(server, "listening");
	const { port } = server.address() as { port: number };
	server.close();
	await once(server, "close");
	return port;
}

export function userOf(program: Program): User {
	const user = userFor(program);
	if (user === undefined) throw new Error(`there is no user for ${program} to run as`);
	return user;
}

/** A server's process on loopback, which ends with the test's process at the latest. */
export class Server {
	readonly port: number;
	readonly #program: string;
	readonly #user: User;
	readonly #args: readonly string[];
	#process: ChildProcess | undefined;
	#log = "";
	readonly #kill = () => void this.#process?.kill("SIGKILL");

	constructor(program: Program, args: readonly string[], port: number) {
		const path = findProgram(program);
		if (path === undefined) throw new Error(`${program} is not installed`);
		this.#program = path;
		this.#user = userOf(program);
		this.#args = args;
		this.port = port;
		process.on("exit", this.#kill);
	}

	/** Its process, while it runs. */
	get pid(): number | undefined {
		return this.#process?.pid;
	}

	get connection(): pg.ClientConfig {
		return { host: HOST, port: this.port, user: USER, database: DATABASE };
	}

	async start(): Promise<void> {
		const child = spawn(this.#program, this.#args, {
			...this.#user,
			stdio: ["ignore", "pipe", "pipe"],
		});
		this.#process = child;
		const collect = (chunk: Buffer) => {
			this.#log = (this.#log + chunk).slice(-4000);
		};
		child.stdout?.on("data", collect);
		child.stderr?.on("data", collect);
		const deadline = Date.now() + STARTS_WITHIN;
		for (;;) {
			const client = new pg.Client(this.connection);
			client.on("error", () => {});
			try {
				await client.connect();
				await client.end();
				return;
			} catch (error) {
				if (Date.now() > deadline || child.exitCode !== null) {
					throw new Error(`${this.#program} did not start:\n${this.#log}`, { cause: error });
				}
				await setTimeout(20);
			}
		}
	}

	/** @param signal - SIGINT: orderly, but at once; SIGQUIT: as in a crash */
	async stop(signal: "SIGINT" | "SIGQUIT" = "SIGINT"): Promise<void> {
		const child = this.#process;
		this.#process = undefined;
		if (child === undefined || child.exitCode !== null) return;
		const exited = once(child, "exit");
		child.kill(signal);
		const late = setTimeout(STOPS_WITHIN, undefined, { ref: false }).then(() => child.kill("SIGKILL"));
		await Promise.race([exited, late.then(() => exited)]);
	}

	async end(): Promise<void> {
		await this.stop();
		process.off("exit", this.#kill);
	}
}
