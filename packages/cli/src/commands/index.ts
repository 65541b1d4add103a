import type { Command } from "./command.ts";

/** What can stand after `ebbpool`, in the order of `--help`; each is loaded only when it is needed. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
	bench: async () => (await import("../bench/command.ts")).benchCommand,
	advise: async () => (await import("../advise/command.ts")).adviseCommand,
	check: async () => (await import("../check/command.ts")).checkCommand,
	report: async () => (await import("../report/command.ts")).reportCommand,
};
