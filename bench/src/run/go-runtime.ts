import { fileURLToPath } from "node:url";
import { isGo } from "../peers/index.ts";
import { execute } from "./execute.ts";
import type { Runtime } from "./runtime.ts";

const SOURCE = fileURLToPath(new URL("../../go", import.meta.url));
const BINARY = fileURLToPath(new URL("../../dist/sync-pool", import.meta.url));

/** Go's `sync.Pool`, compiled from source; or why it cannot be measured here. */
export async function goRuntime(): Promise<Runtime | { readonly skipped: string }> {
	let version: string;
	try {
		version = await execute(["go", "version"]);
	} catch {
		return { skipped: "there is no go toolchain on the PATH" };
	}
	try {
		await execute(["go", "build", "-o", BINARY, "."], { cwd: SOURCE });
	} catch (error) {
		return { skipped: `its program does not compile with ${version}: ${String(error)}` };
	}
	return { title: version, command: [BINARY], measures: isGo };
}
