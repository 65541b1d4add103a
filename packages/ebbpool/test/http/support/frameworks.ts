import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { Server } from "node:net";

// What the tests use of each framework. Their own declarations need the DOM's, or a newer Node's.

const require = createRequire(import.meta.url);

type Use<App> = (plugin: unknown) => App;

interface Express extends RequestListener {
	use: Use<Express>;
	get(
		path: string,
		handle: (
			request: IncomingMessage & { readonly params: { readonly n: string } },
			response: ServerResponse & { type(type: string): void },
		) => Promise<void>,
	): void;
}

interface FastifyReply {
	readonly raw: ServerResponse;
	type(type: string): FastifyReply;
	send(body: Uint8Array): FastifyReply;
}

interface Fastify {
	readonly server: Server & { closeAllConnections(): void };
	register(plugin: unknown, options: object): Promise<void>;
	get(
		path: string,
		handle: (
			request: { readonly params: { readonly n: string } },
			reply: FastifyReply,
		) => Promise<FastifyReply>,
	): void;
	listen(options: object): Promise<string>;
	close(): Promise<void>;
}

interface KoaApp {
	silent: boolean;
	use(
		handle: (context: {
			readonly path: string;
			readonly res: ServerResponse;
			type: string;
			body: Buffer;
		}) => Promise<void>,
	): void;
	callback(): RequestListener;
}

interface HonoApp {
	get(
		path: string,
		handle: (context: {
			readonly env: { readonly outgoing: ServerResponse };
			readonly req: { param(name: string): string };
		}) => Promise<Response>,
	): void;
	readonly fetch: unknown;
}

export const express = require("express") as () => Express;
export const compression = require("compression") as (options: object) => unknown;
export const { fastify } = require("fastify") as { fastify: () => Fastify };
export const fastifyCompress: unknown = require("@fastify/compress");
export const Koa = require("koa") as new () => KoaApp;
export const koaCompress = require("koa-compress") as (options: object) => never;
export const { Hono } = require("hono") as { Hono: new () => HonoApp };
export const { getRequestListener } = require("@hono/node-server") as {
	getRequestListener(fetch: unknown): RequestListener;
};
