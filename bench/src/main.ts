import { writeFile } from "node:fs/promises";
import { parseArguments, USAGE, UsageError } from "./arguments.ts";
import { benchmark } from "./benchmark.ts";

try {
	const args = parseArguments(process.argv.slice(2));
	if (args.help) console.log(USAGE);
	else {
		const results = await benchmark(args);
		if (args.json !== undefined) await writeFile(args.json, `${JSON.stringify(results, undefined, "\t")}\n`);
	}
} catch (error) {
	if (!(error instanceof UsageError)) throw error;
	console.error(`${error.message}\n\n${USAGE}`);
	process.exitCode = 2;
}
