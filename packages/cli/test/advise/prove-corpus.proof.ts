import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import { parseFile } from "../../dist/advise/escape/parse.js";
import { editSource } from "../../dist/advise/prove/edit-source.js";
import { planSite } from "../../dist/advise/prove/plan-site.js";
import { runTrial } from "../../dist/advise/prove/run-trial.js";
import type { AllocationSite } from "../../dist/advise/sites.js";

const CORPUS = fileURLToPath(new URL("../../test/fixtures/advise/corpus", import.meta.url));
/** `Keeping` is a class of one program's; its memory is seen to be made by the constructor that it extends. */
const ALLOCATIONS = /new ((?:Ui|I)nt\d+Array|Float64Array|Keeping)\(|Buffer\.(alloc)\(/gu;
const EBBPOOL = {
	esm: import.meta.resolve("ebbpool"),
	commonjs: fileURLToPath(import.meta.resolve("ebbpool")),
};

/** The places at which a program allocates, as the probe would report them. */
function sitesOf(text: string): { line: number; column: number; what: string }[] {
	return [...text.matchAll(ALLOCATIONS)].map((match) => {
		const isBuffer = match[2] !== undefined;
		const before = text.slice(0, match.index + (isBuffer ? "Buffer.".length : 0)).split("\n");
		return {
			line: before.length,
			column: (before.at(-1)?.length ?? 0) + 1,
			what: isBuffer ? "Buffer.alloc" : (match[1] as string).replace("Keeping", "Uint8Array"),
		};
	});
}

describe("the change that --prove makes", () => {
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-corpus-"));
	after(() => rmSync(folder, { recursive: true, force: true }));

	for (const name of readdirSync(CORPUS)) {
		const path = join(CORPUS, name);
		const text = readFileSync(path, "utf8");
		const isSafe = name.startsWith("safe-");
		const claim = text.slice(0, text.indexOf("\n")).replace(/^\/\/ /u, "");
		it(`${isSafe ? "is made and changes nothing else" : "is refused"} (${claim})`, async () => {
			const source = parseFile(path);
			assert.isDefined(source);
			if (source === undefined) return;
			const planned = sitesOf(text).map((site) => planSite(site as AllocationSite, source));
			const plans = planned.flatMap((one) => ("plan" in one ? [one.plan] : []));
			if (!isSafe) {
				assert.isAtLeast(planned.length, 1);
				assert.lengthOf(plans, 0);
				return;
			}
			assert.lengthOf(plans, planned.length, JSON.stringify(planned));
			const edited = editSource(source, plans, path, EBBPOOL);
			assert.equal(edited.split("\n").length, text.split("\n").length);
			const program = [process.execPath, path];
			const before = await runTrial(program, { files: {}, checks: false }, folder);
			const changed = await runTrial(program, { files: { [path]: edited }, checks: false }, folder);
			assert.equal(changed.errors, "");
			assert.deepEqual([changed.status, changed.output], [before.status, before.output]);
			// The same again with a change that must show, so that the edited source is known to have run.
			const shouting = await runTrial(
				program,
				{ files: { [path]: edited.replaceAll("console.log(", "console.log('edited', ") }, checks: false },
				folder,
			);
			assert.notEqual(shouting.output, before.output);
		});
	}
});
