import { contend } from "./contender.ts";

// A contender that runs a workload of `ebbpool bench` with its pool. measure-workload NAME

/** As far as it is used here. */
interface Workload {
	readonly name: string;
	open(
		source: "pooled",
		options: object,
	): Promise<{
		verify(): Promise<string>;
		run(milliseconds: number): Promise<{ operations: number }>;
	}>;
}

/** Not among what the tool publishes: these are its own. */
const WORKLOADS = new URL("dist/workloads/index.js", import.meta.resolve("@ebbpool/cli/package.json"));

const [name] = process.argv.slice(2);
const { findWorkload } = (await import(WORKLOADS.href)) as {
	findWorkload(name: string | undefined): Workload | undefined;
};
const session = await findWorkload(name)?.open("pooled", {});
if (session === undefined) throw new Error(`there is no workload ${name}`);
await session.verify();
contend((milliseconds) => session.run(milliseconds));
