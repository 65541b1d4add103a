/** @jest-environment jsdom */
// In a file of its own: one of the entry points turns the checks on.
test("every entry point is required in a page that lacks what jsdom lacks", () => {
	const { exports: entries } = require("ebbpool/package.json");
	for (const entry of Object.keys(entries)) require(entry.replace(".", "ebbpool"));
});
