const rules = [{ test: /\.[cm]?js$/, enforce: "pre", use: "source-map-loader" }];

module.exports = ["web", "node"].map((target) => ({
	target,
	mode: "production",
	devtool: "source-map",
	entry: { imported: "./imported.mjs", required: "./required.cjs" },
	output: { filename: `webpack/${target}-[name].cjs` },
	module: { rules },
}));
