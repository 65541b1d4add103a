import { setImmediate as turn } from "node:timers/promises";
import { type FastifyInstance, fastify } from "fastify";
import { fragments } from "./emoji.ts";
import { buffers, sendBuffer } from "./send-buffer.ts";

interface EmojiRequest {
	Querystring: { from: number; limit: number };
}

const index = { type: "integer", minimum: 0, maximum: fragments.length, default: 0 };
const querystring = { type: "object", required: ["limit"], properties: { from: index, limit: index } };

/** `GET /emoji?from=m&limit=n` answers with n emoji, the first of them number m. */
export function createApp(): FastifyInstance {
	const app = fastify();
	app.get<EmojiRequest>("/emoji", { schema: { querystring } }, async (request, reply) => {
		const { from, limit } = request.query;
		const emoji = await find(from, limit);
		const buffer = buffers.get();
		buffer.writeString("[");
		for (const [at, fragment] of emoji.entries()) {
			if (at > 0) buffer.writeString(",");
			buffer.write(fragment);
		}
		buffer.writeString("]");
		return sendBuffer(reply, buffer);
	});
	return app;
}

/** A database would take a while, too: the client may be gone when the answer is found. */
async function find(from: number, limit: number): Promise<readonly Uint8Array[]> {
	await turn();
	return fragments.slice(from, from + limit);
}
