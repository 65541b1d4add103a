// The second half of `npm run build`: the CommonJS modules of the packages that have them.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildCommonJs } from "./lib/commonjs.mjs";
import { root } from "./lib/root.mjs";

const packages = join(root, "packages");
for (const folder of readdirSync(packages)) buildCommonJs(join(packages, folder));
