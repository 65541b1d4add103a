import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "./run-tool.mjs";
import { scratch, tool } from "./scratch.mjs";
import { WARNING } from "./warning.mjs";

/** @type {import("./check-consumers.mjs").Consumer} */
export const next = {
	name: "next",
	check(report, installed) {
		for (const bundler of ["turbopack", "webpack"]) {
			const folder = scratch(installed, "next");
			const args = [tool("next/dist/bin/next"), "build", `--${bundler}`];
			const { status, output } = runTool(process.execPath, args, folder, { NEXT_TELEMETRY_DISABLED: "1" });
			const well = status === 0 && !WARNING.test(output);
			report.check(`Next.js builds with ${bundler}, without a warning`, well ? undefined : output);
			if (status !== 0) continue;
			const html = readFileSync(join(folder, ".next/server/app/index.html"), "utf8");
			const rendered = /rendered with a buffer.* and a .*connection/.test(html);
			report.check(`Next.js, ${bundler}: a page is rendered with pools`, rendered ? undefined : html);
		}
	},
};
