/** Node's `process`, as far as it is needed; without `getBuiltinModule` before 20.16 and 22.3. */
interface NodeProcess {
	readonly versions: Readonly<Record<string, string>>;
	getBuiltinModule?(name: string): Readonly<Record<string, { readonly prototype: object }>>;
}

type Sink = Readonly<Record<string, unknown>>;

/** What decides when a write is settled: whoever replaced one of these may keep the chunk for longer. */
const WRITING = ["write", "_write", "_writev", "_send", "_writeRaw", "emit", "on"];

/**
 * Whether a sink is known to be done with a chunk when it settles the write: it is a file, a socket, or an HTTP message on
 * a socket, of Node itself, as Node made it. Deno's response, for one, queues chunks and settles at once. The modules are
 * asked for by way of `process`, as whoever has such a sink has loaded them, and others should not have to.
 */
export function isPrompt(sink: object): boolean {
	const { process } = globalThis as { process?: NodeProcess };
	const { deno, bun } = process?.versions ?? {};
	if (deno !== undefined || bun !== undefined || process?.getBuiltinModule === undefined) return false;
	const is = (module: string, name: string, candidate: object) => {
		const prototype = process.getBuiltinModule?.(module)[name]?.prototype;
		return (
			prototype !== undefined &&
			Object.prototype.isPrototypeOf.call(prototype, candidate) &&
			WRITING.every((method) => (candidate as Sink)[method] === (prototype as Sink)[method])
		);
	};
	if (is("fs", "WriteStream", sink) || is("net", "Socket", sink)) return true;
	const { socket } = sink as { socket?: object | null };
	return is("http", "OutgoingMessage", sink) && Boolean(socket) && is("net", "Socket", socket as object);
}
