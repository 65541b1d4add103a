import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";

const builds = [
	{ platform: "web", resolve: nodeResolve({ browser: true }) },
	{ platform: "node", resolve: nodeResolve({ exportConditions: ["node"] }) },
];

export default builds.map(({ platform, resolve }) => ({
	input: { imported: "imported.mjs", required: "required.cjs" },
	output: { dir: "dist/rollup", entryFileNames: `${platform}-[name].mjs` },
	external: /^node:/,
	plugins: [resolve, commonjs()],
}));
