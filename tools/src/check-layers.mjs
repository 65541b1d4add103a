// Holds every source file's imports against the rules of layers.mjs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Report } from "../../scripts/lib/report.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { mustRun } from "../../scripts/lib/run.mjs";
import { circlesOf } from "./circles.mjs";
import { libraryProblems, projectProblems } from "./layers.mjs";

const OPEN_TO_ALL = [
	"packages/ebbpool/test/contract",
	"packages/ebbpool/test/shared/support",
	"scripts/lib",
].map((folder) => join(root, folder));

const packageFolder = join(root, "packages", "ebbpool");
const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
const library = {
	source: join(packageFolder, "src"),
	tests: join(packageFolder, "test"),
	seam: seamFiles(manifest.imports),
	imports: Object.keys(manifest.imports),
};

const listed = mustRun(
	"git",
	["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.mjs"],
	root,
);
const files = listed
	.split("\n")
	.filter((file) => file !== "")
	.map((file) => join(root, file));
/** The explorer of the shared pool runs, and looks into, what is compiled and not published. */
const OPEN_TO_TESTS = [...OPEN_TO_ALL, join(packageFolder, "dist", "shared")];
const report = new Report();
const circles = circlesOf(new Map(files.map((file) => [file, readFileSync(file, "utf8")])));
report.check(
	"no module imports itself by way of others",
	circles.map((circle) => circle.join("\n  ")).join("\n"),
);
for (const file of files) {
	const text = readFileSync(file, "utf8");
	const problems = file.startsWith(library.source)
		? libraryProblems(library, file, text)
		: projectProblems(file, text, file.startsWith(library.tests) ? OPEN_TO_TESTS : OPEN_TO_ALL);
	report.check(file.slice(root.length), problems.join("\n"));
}
report.close();

/**
 * @param {Record<string, { node?: string, deno?: string }>} imports of package.json
 * @returns {string[]} the sources of what is chosen for Node or Deno
 */
function seamFiles(imports) {
	return Object.values(imports).flatMap(({ node, deno }) =>
		[node, deno].flatMap((file) =>
			file === undefined ? [] : [join(packageFolder, file.replace("dist/", "src/").replace(/js$/, "ts"))],
		),
	);
}
