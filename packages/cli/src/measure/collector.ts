import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** A function that runs a major collection. Contexts that the program makes later have a `gc` of their own only if they had one before. */
export function collector(): () => void {
	const exposed = exposedGc();
	if (exposed !== undefined) return exposed;
	setFlagsFromString("--expose-gc");
	const gc = exposedGc() as () => void;
	setFlagsFromString("--no-expose-gc");
	return gc;
}

/** Not the global one, which the program may have replaced. */
function exposedGc(): (() => void) | undefined {
	const gc = runInNewContext("globalThis.gc") as (() => void) | undefined;
	return gc && (() => gc());
}
