import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { tuning } from "@ebbpool/cli/tuning";
import { UsageError } from "../arguments.ts";
import { isGo } from "../peers/index.ts";
import { execute } from "./execute.ts";
import type { Runtime } from "./runtime.ts";

const CHILD = fileURLToPath(new URL("../child.js", import.meta.url));

/** A Node or a Bun. */
export async function javascriptRuntime(executable: string): Promise<Runtime> {
	const printed = await version(executable);
	// Node prints a v before its version, Bun none.
	const name = printed.startsWith("v") ? "Node" : "Bun";
	return {
		title: `${basename(executable)} ${printed}`,
		command: [executable, "--expose-gc", CHILD],
		tuning: tuning({ name, version: printed.replace(/^v/u, "") }),
		measures: (variant) => !isGo(variant),
	};
}

async function version(executable: string): Promise<string> {
	try {
		return await execute([executable, "--version"]);
	} catch (error) {
		throw new UsageError(`${executable}: expected an executable of Node or Bun`, { cause: error });
	}
}
