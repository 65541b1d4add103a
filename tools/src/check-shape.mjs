// Judges the packed tarballs as the registry's users would get them: publint for what package.json promises,
// arethetypeswrong for what TypeScript makes of it, the documents that belong into every package, and no file that an earlier
// build left behind or that only the packed sources' maps name.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { brokenLinks } from "../../scripts/lib/documents.mjs";
import { filesBelow } from "../../scripts/lib/files-below.mjs";
import { PackedProject } from "../../scripts/lib/packed.mjs";
import { Report } from "../../scripts/lib/report.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { npxProblem } from "./npx.mjs";

const DOCUMENTS = ["README.md", "LICENSE"];

const LEFT_BEHIND = "dist/left-behind.js";

const folders = readdirSync(join(root, "packages")).map((folder) => join(root, "packages", folder));
const packages = folders.map((folder) => manifestOf(folder).name);
for (const folder of folders) {
	mkdirSync(join(folder, "dist"), { recursive: true });
	writeFileSync(join(folder, LEFT_BEHIND), "");
}
const project = new PackedProject(packages);
const report = new Report();

for (const name of packages) {
	const tarball = project.tarball(name);
	const installed = join(project.directory, "node_modules", name);
	const manifest = manifestOf(installed);

	const absent = DOCUMENTS.filter((document) => !existsSync(join(installed, document)));
	report.check(
		`${name}: has ${DOCUMENTS.join(" and ")}`,
		absent.length > 0 ? `no ${absent.join(", no ")}` : undefined,
	);

	report.check(
		`${name}: has nothing of an earlier build`,
		existsSync(join(installed, LEFT_BEHIND)) ? LEFT_BEHIND : undefined,
	);
	const packed = filesBelow(installed, ".js").filter(
		(file) => !file.includes("node_modules/", installed.length),
	);
	const mapped = packed.filter((file) => readFileSync(file, "utf8").includes("//# sourceMappingURL="));
	report.check(`${name}: names no source map, as none is packed`, mapped.join("\n"));

	report.check(
		`${name}: the links of its documents lead to what is packed`,
		brokenLinks(installed).join("\n"),
	);

	const { messages } = await publint({ pack: { tarball: readFileSync(tarball).buffer }, strict: true });
	const problems = messages.map(
		(message) => formatMessage(message, manifest, { color: false }) ?? message.code,
	);
	report.check(`${name}: publint`, problems.join("\n"));

	// A program has ES modules only, if anybody may import it at all.
	if (manifest.exports === undefined) continue;
	const profile = manifest.main === undefined ? ["--profile", "esm-only"] : [];
	const attw = fileURLToPath(new URL("../node_modules/.bin/attw", import.meta.url));
	const { status, output } = run(attw, [tarball, ...profile, "--no-color"], project.directory);
	report.check(`${name}: arethetypeswrong`, status === 0 ? undefined : output);
}
report.check("@ebbpool/cli: npx runs it from its tarball alone", npxProblem(project.tarball("@ebbpool/cli")));
report.close();

/** @param {string} folder */
function manifestOf(folder) {
	return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
