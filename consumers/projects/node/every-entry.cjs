// Requires every entry point, and tells of one that is loaded as anything but CommonJS.
const { exports: entries } = require("ebbpool/package.json");

for (const entry of Object.keys(entries)) {
	const name = entry.replace(".", "ebbpool");
	require(name);
	if (!entry.endsWith(".json") && !require.resolve(name).includes("cjs")) {
		throw new Error(`${name} is ${require.resolve(name)}`);
	}
}
console.log("well");
