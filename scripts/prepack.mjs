// `node scripts/prepack.mjs DOCUMENT…`, run by npm in a package's folder before it packs it: builds the package anew, so that
// no file of an earlier build is packed, and without source maps, which are not packed and may not be named; makes what
// only users of the packed library need; and copies the root's documents there, since npm packs nothing from outside the
// package. Git ignores all of this.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildCommonJs } from "./lib/commonjs.mjs";
import { publishDeclarations } from "./lib/declarations.mjs";
import { packDocuments } from "./lib/documents.mjs";
import { root } from "./lib/root.mjs";
import { mustRun } from "./lib/run.mjs";
import { entriesOf, removeStubs, writeStubs } from "./lib/stubs.mjs";

const folder = process.cwd();
const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const entries = entriesOf(exports);
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");

rmSync(join(folder, "dist"), { recursive: true, force: true });
removeStubs(folder, entries);
mustRun(process.execPath, [tsc, "--build", folder, "--sourceMap", "false"], root);
buildCommonJs(folder);
publishDeclarations(
	folder,
	entries.map(({ file }) => file),
);
writeStubs(folder, entries);
packDocuments(root, folder, process.argv.slice(2));
