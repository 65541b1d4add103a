import type { ResolveHook } from "node:module";
import { isOwnAndMissing } from "./own-packages.ts";

/** What Node 20 runs in a thread of its own. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
	try {
		return await nextResolve(specifier, context);
	} catch (error) {
		if (!isOwnAndMissing(specifier, error)) throw error;
		return nextResolve(specifier, { ...context, parentURL: import.meta.url });
	}
};
