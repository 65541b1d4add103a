import { once } from "node:events";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import type { AddressInfo, Server } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import type { Pool } from "ebbpool";
import type { ByteBuffer } from "ebbpool/bytes";
import { send, whenSent } from "ebbpool/http";
import { build } from "./bodies.ts";
import {
	compression,
	express,
	fastify,
	fastifyCompress,
	getRequestListener,
	Hono,
	Koa,
	koaCompress,
} from "./frameworks.ts";
import { PSK } from "./psk.ts";

type Buffers = Pool<ByteBuffer>;

/** A server on loopback that answers `/n` with body n from a pooled buffer. */
export interface Running {
	readonly port: number;
	close(): Promise<void>;
}

const numberIn = (url: string | undefined) => Number(url?.slice(1));

/** A database would take a while, too: the client may be gone when the answer is found. */
const find = () => turn();

async function listening(server: Server): Promise<Running> {
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		port: (server.address() as AddressInfo).port,
		async close() {
			(server as Partial<http.Server>).closeAllConnections?.();
			server.close();
		},
	};
}

const plainHandler =
	(buffers: Buffers) =>
	async (
		{ url }: { url?: string | undefined },
		response: http.ServerResponse | http2.Http2ServerResponse,
	) => {
		await find();
		send(response, build(buffers, numberIn(url)), buffers);
	};

function onExpress(buffers: Buffers, compressed: boolean): Promise<Running> {
	const app = express();
	if (compressed) app.use(compression({ threshold: 0 }));
	app.get("/:n", async (request, response) => {
		await find();
		response.type("text/plain");
		send(response, build(buffers, Number(request.params.n)), buffers);
	});
	return listening(http.createServer(app));
}

async function onFastify(buffers: Buffers, compressed: boolean): Promise<Running> {
	const app = fastify();
	if (compressed) await app.register(fastifyCompress, { threshold: 0 });
	app.get("/:n", async (request, reply) => {
		await find();
		const buffer = build(buffers, Number(request.params.n));
		whenSent(reply.raw, () => buffers.put(buffer));
		return reply.type("text/plain").send(buffer.bytes());
	});
	await app.listen({ host: "127.0.0.1", port: 0 });
	return {
		port: (app.server.address() as AddressInfo).port,
		async close() {
			app.server.closeAllConnections();
			await app.close();
		},
	};
}

function onKoa(buffers: Buffers, compressed: boolean): Promise<Running> {
	const app = new Koa();
	app.silent = true;
	if (compressed) app.use(koaCompress({ threshold: 0 }));
	app.use(async (context) => {
		await find();
		const buffer = build(buffers, numberIn(context.path));
		whenSent(context.res, () => buffers.put(buffer));
		const bytes = buffer.bytes();
		context.type = "text/plain";
		context.body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	});
	return listening(http.createServer(app.callback()));
}

function onHono(buffers: Buffers): Promise<Running> {
	const app = new Hono();
	app.get("/:n", async (context) => {
		await find();
		const buffer = build(buffers, Number(context.req.param("n")));
		whenSent(context.env.outgoing, () => buffers.put(buffer));
		return new Response(buffer.bytes());
	});
	return listening(http.createServer(getRequestListener(app.fetch)));
}

/** Node ends a session that takes much memory, or resets many streams: 256 answers at a time, one in ten given up. */
const GENEROUS = { maxSessionMemory: 1000, streamResetBurst: 1e6, streamResetRate: 1e6 };

/** Every way of answering, by name. */
export const servers: Readonly<Record<string, (buffers: Buffers) => Promise<Running>>> = {
	"node:http": (buffers) => listening(http.createServer(plainHandler(buffers))),
	"node:https": (buffers) => listening(https.createServer(PSK.server, plainHandler(buffers))),
	"node:http2": (buffers) => listening(http2.createServer(GENEROUS, plainHandler(buffers))),
	"Express 5": (buffers) => onExpress(buffers, false),
	"Express 5 with compression": (buffers) => onExpress(buffers, true),
	"Fastify 5": (buffers) => onFastify(buffers, false),
	"Fastify 5 with @fastify/compress": (buffers) => onFastify(buffers, true),
	Koa: (buffers) => onKoa(buffers, false),
	"Koa with koa-compress": (buffers) => onKoa(buffers, true),
	"Hono's node server": onHono,
};
