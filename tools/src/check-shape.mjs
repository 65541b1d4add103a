// Judges the packed tarballs as the registry's users would get them: publint for what package.json promises,
// arethetypeswrong for what TypeScript makes of it, and the documents that belong into every package.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { PackedProject } from "../../scripts/lib/packed.mjs";
import { Report } from "../../scripts/lib/report.mjs";
import { run } from "../../scripts/lib/run.mjs";

const DOCUMENTS = ["README.md", "LICENSE"];

const packages = ["ebbpool", "@ebbpool/cli"];
const project = new PackedProject(packages);
const report = new Report();

for (const name of packages) {
	const tarball = project.tarball(name);
	const installed = join(project.directory, "node_modules", name);
	const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

	const absent = DOCUMENTS.filter((document) => !existsSync(join(installed, document)));
	report.check(
		`${name}: has ${DOCUMENTS.join(" and ")}`,
		absent.length > 0 ? `no ${absent.join(", no ")}` : undefined,
	);

	const { messages } = await publint({ pack: { tarball: readFileSync(tarball).buffer }, strict: true });
	const problems = messages.map(
		(message) => formatMessage(message, manifest, { color: false }) ?? message.code,
	);
	report.check(`${name}: publint`, problems.join("\n"));

	if (manifest.exports === undefined) continue; // a program: nobody imports it
	const attw = fileURLToPath(new URL("../node_modules/.bin/attw", import.meta.url));
	const { status, output } = run(attw, [tarball, "--profile", "esm-only", "--no-color"], project.directory);
	report.check(`${name}: arethetypeswrong`, status === 0 ? undefined : output);
}
report.close();
