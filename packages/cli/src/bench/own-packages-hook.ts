import type { ResolveHook } from "node:module";

const OWN = /^(?:ebbpool|@ebbpool\/cli)(?:\/|$)/u;

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
	try {
		return await nextResolve(specifier, context);
	} catch (error) {
		if (!OWN.test(specifier) || (error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
		return nextResolve(specifier, { ...context, parentURL: import.meta.url });
	}
};
