import type { InitializeHook, LoadHook } from "node:module";

let sources: ReadonlyMap<string, string> = new Map();

export const initialize: InitializeHook<readonly (readonly [url: string, text: string])[]> = (data) => {
	sources = new Map(data);
};

/** CommonJS modules are given by another way: where the hook leaves their source out, Node's own loader compiles them. */
export const load: LoadHook = async (url, context, nextLoad) => {
	const loaded = await nextLoad(url, context);
	const text = sources.get(url);
	return text === undefined || loaded.format !== "module" ? loaded : { ...loaded, source: text };
};
