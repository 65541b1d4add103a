import { ByteBuffer } from "ebbpool/bytes";
import { defineWorkload, type Items } from "./define-workload.ts";
import { type Body, httpBodies } from "./http-bodies.ts";
import { CONNECTIONS, serve } from "./http-session.ts";
import type { Session } from "./session.ts";
import type { OpenOptions, Workload } from "./workload.ts";

interface Joiner {
	/** The body in one piece; valid until the joiner is put back. */
	join(body: Body): Uint8Array;
}

/** What one writes without a pool. */
const concat: Joiner = { join: ({ pieces, length }) => Buffer.concat(pieces, length) };

class BufferJoiner implements Joiner {
	readonly #buffer = new ByteBuffer();

	join({ pieces, length }: Body): Uint8Array {
		const buffer = this.#buffer;
		buffer.grow(length);
		for (const piece of pieces) buffer.write(piece);
		return buffer.bytes();
	}

	reset(): void {
		this.#buffer.reset();
	}
}

/** A Fastify server that answers with bodies of one size. */
async function open(items: Items<Joiner>, path: string, options: OpenOptions): Promise<Session> {
	const { fastify } = await import("fastify");
	const app = fastify();
	const body = httpBodies().get(path) as Body;
	app.get(path, (_request, reply) => {
		const joiner = items.get();
		// "close" follows "finish" once the last byte is with the operating system, and comes alone when the client is gone.
		reply.raw.once("close", () => items.put(joiner));
		reply.type("application/json").send(joiner.join(body));
	});
	await app.ready();
	return serve(app.server, [path], options);
}

function answersOf(kilobytes: number): Workload {
	return defineWorkload<BufferJoiner, undefined, Joiner>({
		name: `fastify-${kilobytes}k`,
		warmUpMs: 1000,
		summary: `Fastify answers of ${kilobytes} kB joined in a buffer`,
		pool: { new: () => new BufferJoiner(), reset: (joiner) => joiner.reset() },
		fresh: () => concat,
		itemsInUse: CONNECTIONS,
		open: (items, options) => open(items, `/${kilobytes}k`, options),
	});
}

export const fastifyWorkloads: readonly Workload[] = [2, 64, 256].map(answersOf);
