import { PoolError } from "./errors.ts";

/** A global that some engines lack, looked for when it is needed; `what` needs it, for the message. */
export function fromEngine<Name extends keyof typeof globalThis>(
	what: string,
	name: Name,
): (typeof globalThis)[Name] {
	const found: (typeof globalThis)[Name] | undefined = globalThis[name];
	if (found !== undefined) return found;
	throw new PoolError("ERR_POOL_ARGUMENT", `${what}: expected an engine with ${name}, which this one lacks`);
}
