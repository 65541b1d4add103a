#!/usr/bin/env node
import { COMMANDS } from "./commands/index.ts";
import { UsageError } from "./commands/usage-error.ts";
import { version } from "./report/head.ts";

async function help(): Promise<string> {
	const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
	const usage = [...commands.flatMap((command) => command.usage), "--help | --version"];
	return [
		"ebbpool: what object pooling is worth\n\nUsage:\n",
		...usage.map((line) => `  ebbpool ${line}\n`),
		...commands.map((command) => `\n${command.help()}`),
	].join("");
}

async function main([name, ...args]: readonly string[]): Promise<number> {
	if (name === "--help" || name === "-h" || name === "help") {
		process.stdout.write(await help());
		return 0;
	}
	if (name === "--version" || name === "-v") {
		process.stdout.write(`${version()}\n`);
		return 0;
	}
	const known = Object.keys(COMMANDS).join(", ");
	if (name === undefined) throw new UsageError(`expected a command: ${known}`);
	const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (load === undefined) throw new UsageError(`unknown command ${name}; known: ${known}`);

	const command = await load();
	const ownArgs = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
	if (ownArgs.includes("--help") || ownArgs.includes("-h")) {
		process.stdout.write(command.help());
		return 0;
	}
	return command.run(args);
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	if (error instanceof UsageError) {
		process.stderr.write(`ebbpool: ${error.message}\nTry "ebbpool --help".\n`);
		process.exitCode = 2;
	} else {
		process.stderr.write(`ebbpool: ${error instanceof Error ? error.message : error}\n`);
		process.exitCode = 1;
	}
}
