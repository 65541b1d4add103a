import { times } from "../../report/units.ts";
import type { AdviceResult } from "../build-report.ts";
import { ratioOf } from "../verdict.ts";
import type { ProofResult } from "./prove.ts";

/** What `--prove` did, as it is printed. */
export function proofText({ proofs, lines, patch }: ProofResult, { sites, program }: AdviceResult): string {
	const told = ["Proof:"];
	let saved = 0;
	for (const { site: index, refused } of proofs) {
		const site = sites[index];
		if (site === undefined) continue;
		const { position } = site.reported;
		const where = position === undefined ? "" : `${position.file}:${position.line}:${position.column}`;
		if (refused === undefined) saved += site.judged.own.byPool;
		told.push(refused === undefined ? `  pooled   ${where}` : `  refused  ${where}: ${refused}`);
	}
	if (saved > 0) told.push(`  Estimated: ${times(ratioOf(saved, program))} less CPU for the same work.`);
	told.push(...lines.map((line) => `  ${line}`));
	if (patch !== "") told.push("", patch.trimEnd());
	return `${told.join("\n")}\n`;
}
