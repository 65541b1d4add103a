// Answers from pooled buffers, asks itself for some and stops. Run it with `npm start -w @ebbpool/example-http-server`.
import { request } from "undici";
import { buffers } from "./send-buffer.ts";
import { createApp } from "./server.ts";

const app = createApp();
const origin = await app.listen({ host: "127.0.0.1", port: 0 });
for (const limit of [1, 345, 11]) {
	const { statusCode, headers, body } = await request(`${origin}/emoji?limit=${limit}`);
	const emoji = (await body.json()) as { name: string }[];
	console.log(statusCode, headers["content-length"], "bytes, the last:", emoji.at(-1)?.name);
}
await app.close();
const { gets, puts, misses } = buffers.stats();
console.log(`buffers taken: ${gets}, given back: ${puts}, made: ${misses}`);
