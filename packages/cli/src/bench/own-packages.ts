import { register } from "node:module";

let registered = false;

/**
 * From now on a module that imports `ebbpool` or `@ebbpool/cli`, and finds neither from where it lies, gets those of this
 * tool: so a workload can be measured with nothing installed beside it, as `npx` runs the tool.
 */
export function resolveOwnPackages(): void {
	// Bun has no such hooks: there, the packages must be installed.
	if (registered || typeof register !== "function" || process.versions.bun !== undefined) return;
	registered = true;
	register(new URL("./own-packages-hook.js", import.meta.url));
}
