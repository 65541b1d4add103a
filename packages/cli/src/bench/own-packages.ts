import * as module from "node:module";

const OWN = /^(?:ebbpool|@ebbpool\/cli)(?:\/|$)/u;

let registered = false;

/**
 * From now on a module that imports `ebbpool` or `@ebbpool/cli`, and finds neither from where it lies, gets those of this
 * tool: so a workload can be measured with nothing installed beside it, as `npx` runs the tool.
 */
export function resolveOwnPackages(): void {
	// Bun and Deno have no such hooks: there, the packages must be installed.
	if (registered || process.versions.bun !== undefined || process.versions.deno !== undefined) return;
	registered = true;
	// The types are Node 20's, which has only the older of the two.
	const { registerHooks } = module as { registerHooks?: (hooks: { resolve: Resolve }) => void };
	if (registerHooks === undefined) module.register(new URL("./own-packages-hook.js", import.meta.url));
	else registerHooks({ resolve });
}

type Resolve = <Resolved>(
	specifier: string,
	context: { readonly parentURL?: string | undefined },
	next: (specifier: string, context: { readonly parentURL?: string | undefined }) => Resolved,
) => Resolved;

const resolve: Resolve = (specifier, context, next) => {
	try {
		return next(specifier, context);
	} catch (error) {
		if (!isOwnAndMissing(specifier, error)) throw error;
		return next(specifier, { ...context, parentURL: import.meta.url });
	}
};

/** Whether it is one of our packages that was not found. */
export function isOwnAndMissing(specifier: string, error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException;
	// `import` and `require` have a code each.
	return OWN.test(specifier) && (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND");
}
