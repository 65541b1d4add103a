import { PoolError } from "./errors.ts";

/** A global that some engines lack, looked for when it is needed; `what` needs it, for the message. */
export function fromEngine<Name extends keyof typeof globalThis>(
	what: string,
	name: Name,
): (typeof globalThis)[Name] {
	const found: (typeof globalThis)[Name] | undefined = globalThis[name];
	if (found !== undefined) return found;
	throw new PoolError("ERR_POOL_ARGUMENT", `${what}: expected an engine with ${name}, got one without`);
}

/** Throws unless the engine has all of these globals. */
export function expectEngine(what: string, ...names: (keyof typeof globalThis)[]): void {
	for (const name of names) fromEngine(what, name);
}

/**
 * Makes what a module keeps; nothing where the engine lacks what that takes, so that importing never throws. Whoever needs it
 * asks {@link expectEngine} before.
 */
export function ifPossible<Made>(make: () => Made): Made {
	try {
		return make();
	} catch {
		return undefined as never;
	}
}
