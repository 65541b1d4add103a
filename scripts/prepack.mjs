// `node scripts/prepack.mjs DOCUMENT…`, run by npm in a package's folder before it packs it: builds, and copies the root's
// documents there, since npm packs nothing from outside the package. Git ignores the copies.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/root.mjs";
import { mustRun } from "./lib/run.mjs";

mustRun("npm", ["run", "--silent", "build"], root);
for (const document of process.argv.slice(2)) copyFileSync(join(root, document), document);
