// One process: a workload of `ebbpool bench` with its pool. node measure-workload.js NAME SECONDS

/** As far as it is used here. */
interface Workload {
	readonly name: string;
	open(
		source: "pooled",
		options: object,
	): Promise<{
		verify(): Promise<string>;
		run(milliseconds: number): Promise<{ operations: number; start: number; end: number }>;
		close(): Promise<void>;
	}>;
}

/** Not among what the tool publishes: these are its own. */
const WORKLOADS = new URL("dist/workloads/index.js", import.meta.resolve("@ebbpool/cli/package.json"));
const WARM_UP_MS = 1500;

const [name, seconds] = process.argv.slice(2);
const { findWorkload } = (await import(WORKLOADS.href)) as {
	findWorkload(name: string | undefined): Workload | undefined;
};
const session = await findWorkload(name)?.open("pooled", {});
if (session === undefined) throw new Error(`there is no workload ${name}`);
await session.verify();
await session.run(WARM_UP_MS);
const before = process.cpuUsage();
const { operations, start, end } = await session.run(Number(seconds) * 1000);
const { user, system } = process.cpuUsage(before);
await session.close();
// What a program does with the checks on is said on standard error; this is the result.
console.log(
	JSON.stringify({ perSecond: (operations / (end - start)) * 1000, cpu: (user + system) / operations }),
);
