import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../arguments.ts";
import { isGo } from "../peers/index.ts";
import { execute } from "./execute.ts";
import type { Runtime } from "./runtime.ts";

const CHILD = fileURLToPath(new URL("../child.js", import.meta.url));

/** A Node or a Bun. */
export async function javascriptRuntime(executable: string): Promise<Runtime> {
	return {
		title: `${basename(executable)} ${await version(executable)}`,
		command: [executable, "--expose-gc", CHILD],
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
