import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../../scripts/lib/root.mjs";
import { mustRun } from "../../scripts/lib/run.mjs";

const home = fileURLToPath(new URL("..", import.meta.url));

/** Where `node_modules` has each package of ours: the stand-ins under the name of what they stand in for. */
export const PACKAGES = {
	ebbpool: "ebbpool",
	"@ebbpool/pg-pool": "pg-pool",
	"@ebbpool/tarn": "tarn",
	"@ebbpool/generic-pool": "generic-pool",
};

/** Packs the packages as for the registry, under the names that `package.json` gives the tarballs. */
export function pack() {
	const folder = join(home, ".packed");
	mkdirSync(folder, { recursive: true });
	const names = Object.keys(PACKAGES);
	const workspaces = names.map((name) => `--workspace=${name}`);
	const output = mustRun("npm", ["pack", "--json", "--pack-destination", folder, ...workspaces], root);
	/** @type {{ name: string, filename: string }[] | Record<string, { name: string, filename: string }>} */
	const packed = JSON.parse(output.slice(output.search(/^[[{]/m)));
	for (const { name, filename } of Object.values(packed)) {
		const place = PACKAGES[/** @type {keyof typeof PACKAGES} */ (name)];
		renameSync(join(folder, filename), join(folder, `${place}.tgz`));
	}
}

/** Puts what was packed just now where npm put what it found when it installed: the versions are the same. */
export function refresh() {
	for (const place of Object.values(PACKAGES)) {
		const folder = join(home, "node_modules", place);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		mustRun(
			"tar",
			["-xzf", join(home, ".packed", `${place}.tgz`), "-C", folder, "--strip-components=1"],
			home,
		);
	}
}
