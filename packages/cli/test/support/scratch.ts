import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";

/** A folder of their own for the tests of a suite, outside of the workspace; returns the path of a file in it. */
export function scratchFolder(): (name: string) => string {
	let folder = "";
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), "ebbpool-cli-"));
	});
	after(() => rm(folder, { recursive: true, force: true }));
	return (name) => join(folder, name);
}
