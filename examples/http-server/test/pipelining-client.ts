import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "./answers.ts";

const HEAD_END = Buffer.from("\r\n\r\n");

/** A client that sends all its requests at once and reads nothing until it is told to. */
export class PipeliningClient {
	readonly #socket: Socket;
	readonly #answers: readonly Answer[];

	private constructor(socket: Socket, answers: readonly Answer[]) {
		this.#socket = socket;
		this.#answers = answers;
	}

	static async connect(origin: string, answers: readonly Answer[]): Promise<PipeliningClient> {
		const { hostname, port } = new URL(origin);
		const socket = connect(Number(port), hostname);
		await once(socket, "connect");
		socket.pause();
		for (const { path } of answers) socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
		return new PipeliningClient(socket, answers);
	}

	/** Reads all answers, and returns the paths of those whose body was not the right one. */
	async read(): Promise<string[]> {
		const wrong: string[] = [];
		const queue = this.#answers.values();
		let expected = queue.next().value;
		let received = Buffer.alloc(0);
		for await (const chunk of this.#socket) {
			received = Buffer.concat([received, chunk]);
			while (expected !== undefined) {
				const begin = received.indexOf(HEAD_END) + HEAD_END.length;
				const end = begin + expected.body.length;
				if (begin < HEAD_END.length || received.length < end) break;
				if (!received.subarray(begin, end).equals(expected.body)) wrong.push(expected.path);
				received = received.subarray(end);
				expected = queue.next().value;
			}
			if (expected === undefined) break;
		}
		if (expected !== undefined) wrong.push(`${expected.path} and what follows did not come`);
		return wrong;
	}

	async goAway(): Promise<void> {
		this.#socket.destroy();
		// The server learns of it in one of its next turns.
		await sleep(50);
	}
}
