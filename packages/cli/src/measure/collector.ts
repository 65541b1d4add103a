import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** A function that runs a major collection. Contexts that the program makes later do not get a `gc` of their own. */
export function collector(): () => void {
	setFlagsFromString("--expose-gc");
	const gc = runInNewContext("gc") as () => void;
	setFlagsFromString("--no-expose-gc");
	return () => gc();
}
