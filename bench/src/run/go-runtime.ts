import { fileURLToPath } from "node:url";
import { GO } from "../peers/index.ts";
import { execute } from "./execute.ts";
import type { Runtime } from "./runtime.ts";

const SOURCE = fileURLToPath(new URL("../../go", import.meta.url));
const BINARY = fileURLToPath(new URL("../../dist/sync-pool", import.meta.url));

/** Go's `sync.Pool`, compiled from source; `undefined` where there is no `go` toolchain. */
export async function goRuntime(): Promise<Runtime | undefined> {
	let version: string;
	try {
		version = await execute(["go", "version"]);
	} catch {
		return undefined;
	}
	await execute(["go", "build", "-o", BINARY, "."], { cwd: SOURCE });
	return { title: version, command: [BINARY], measures: (variant) => variant === GO };
}
