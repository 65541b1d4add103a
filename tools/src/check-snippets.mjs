// Compiles and runs the programs of the documentation (README, docs, and the examples in the library's comments) in a
// project that has the packed tarballs installed. What they say that they print is asserted; see CONTRIBUTING.md.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PackedProject } from "../../scripts/lib/packed.mjs";
import { Report } from "../../scripts/lib/report.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { mustRun, run } from "../../scripts/lib/run.mjs";
import { printedAsSaid, snippetsOfMarkdown, snippetsOfSource } from "./snippets.mjs";

const report = new Report();
const project = new PackedProject([
	"ebbpool",
	"@ebbpool/cli",
	"@ebbpool/pg-pool",
	"@ebbpool/tarn",
	"@ebbpool/generic-pool",
]);
// The stand-in for pg-pool has its types; who uses `pg` from TypeScript has them.
for (const types of ["pg", "node"]) {
	const path = join("node_modules", "@types", types);
	cpSync(join(root, path), join(project.directory, path), { recursive: true, dereference: true });
}
writeFileSync(
	join(project.directory, "tsconfig.json"),
	JSON.stringify({
		compilerOptions: {
			strict: true,
			target: "es2022",
			lib: ["es2023", "esnext.disposable"],
			module: "nodenext",
			types: ["node"],
			typeRoots: [join(root, "node_modules", "@types")],
			rootDir: "snippets",
			outDir: "compiled",
			noEmitOnError: false,
		},
		include: ["snippets"],
	}),
);

const documents = mustRun(
	"git",
	["ls-files", "--cached", "--others", "--exclude-standard", "*.md", "packages/*/src/**.ts"],
	root,
);
const snippets = documents
	.split("\n")
	.filter((file) => file !== "")
	.flatMap(programsOf);
for (const { source, code, line } of snippets) {
	const path = join(project.directory, "snippets", source);
	mkdirSync(dirname(path), { recursive: true });
	// Padded, so that the compiler's line numbers are the document's.
	writeFileSync(path, `${"\n".repeat(line - 1)}${code}\nexport {};\n`);
}

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { output } = run(process.execPath, [tsc, "--project", "."], project.directory);
const errors = output.split("\n");
for (const snippet of snippets) {
	const mistakes = errors.filter((error) => error.startsWith(`snippets/${snippet.source}(`));
	report.check(`${snippet.name} compiles`, mistakes.join("\n"));
	if (snippet.runs && mistakes.length === 0) report.check(`${snippet.name} runs`, runProblem(snippet));
}
report.close();

/**
 * @param {string} file
 * @returns {(import("./snippets.mjs").Snippet & { name: string, source: string })[]}
 */
function programsOf(file) {
	const text = readFileSync(join(root, file), "utf8");
	try {
		const found = file.endsWith(".md") ? snippetsOfMarkdown(text) : snippetsOfSource(file, text);
		return found.map((snippet) => ({
			...snippet,
			name: `${file}:${snippet.line}`,
			source: `${file.replaceAll(".", "-")}/line-${snippet.line}.ts`,
		}));
	} catch (error) {
		report.fail(file, String(error));
		return [];
	}
}

/**
 * @param {{ source: string, expected: string[] | undefined }} snippet
 * @returns {string | undefined}
 */
function runProblem({ source, expected }) {
	const compiled = join("compiled", source.replace(/ts$/, "js"));
	const result = run(process.execPath, ["--expose-gc", compiled], project.directory);
	if (result.status !== 0) return `ended with status ${result.status}:\n${result.output}`;
	if (expected === undefined || printedAsSaid(expected, result.stdout)) return undefined;
	return `says that it prints\n${expected.join("\n")}\nbut printed\n${result.stdout}`;
}
