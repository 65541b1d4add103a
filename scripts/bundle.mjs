// `node scripts/bundle.mjs PACKAGE…`, run by npm in a package's folder before it packs it: lays packages of the workspace,
// as they would be published, where npm looks for what `bundleDependencies` names. So the tarball can be run by itself, and
// needs nothing that no registry has. `node scripts/bundle.mjs --remove PACKAGE…` takes them away again.
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./lib/root.mjs";
import { mustRun } from "./lib/run.mjs";

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { remove: { type: "boolean" } },
});
for (const name of positionals) {
	const target = join("node_modules", name);
	rmSync(target, { recursive: true, force: true });
	if (!values.remove) copyPublished(name, target);
}

/**
 * @param {string} name
 * @param {string} target
 */
function copyPublished(name, target) {
	const listed = mustRun("npm", ["pack", "--dry-run", "--json", `--workspace=${name}`], root);
	/** @type {{ files: { path: string }[] }[] | Record<string, { files: { path: string }[] }>} */
	const packed = JSON.parse(listed.slice(listed.search(/^[[{]/m)));
	const source = join(root, "node_modules", name);
	for (const { path } of Object.values(packed).flatMap(({ files }) => files)) {
		mkdirSync(dirname(join(target, path)), { recursive: true });
		copyFileSync(join(source, path), join(target, path));
	}
}
