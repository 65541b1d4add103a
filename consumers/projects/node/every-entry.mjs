// Imports every entry point; what it exports is what the CommonJS module does.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { exports: entries } = require("ebbpool/package.json");

for (const entry of Object.keys(entries)) {
	if (entry.endsWith(".json")) continue;
	const name = entry.replace(".", "ebbpool");
	const names = Object.keys(await import(name));
	const required = Object.keys(require(name));
	if (String(names.sort()) !== String(required.sort())) throw new Error(`${name}: ${names} and ${required}`);
}
console.log("well");
