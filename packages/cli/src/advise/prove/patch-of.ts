/** A unified diff of two texts of which no line was added or taken away. */
export function patchOf(file: string, before: string, after: string): string {
	const [old, changed] = [before.split("\n"), after.split("\n")];
	if (old.length !== changed.length) throw new Error("a patch needs as many lines as before");
	const lines = [`--- a/${file}`, `+++ b/${file}`];
	for (const [from, to] of hunks(old, changed)) {
		lines.push(`@@ -${from + 1},${to - from} +${from + 1},${to - from} @@`);
		for (let at = from; at < to; at++) {
			if (old[at] === changed[at]) lines.push(` ${old[at]}`);
			else lines.push(`-${old[at]}`, `+${changed[at]}`);
		}
	}
	return `${lines.join("\n")}\n`;
}

const CONTEXT = 3;

/** Ranges of lines around what changed; those that touch are one. */
function hunks(old: readonly string[], changed: readonly string[]): (readonly [from: number, to: number])[] {
	// A text that ends with a line end has an empty last line, which is none.
	const count = old.at(-1) === "" ? old.length - 1 : old.length;
	const found: [from: number, to: number][] = [];
	for (let at = 0; at < count; at++) {
		if (old[at] === changed[at]) continue;
		const from = Math.max(0, at - CONTEXT);
		const to = Math.min(count, at + CONTEXT + 1);
		const last = found.at(-1);
		if (last !== undefined && from <= last[1]) last[1] = to;
		else found.push([from, to]);
	}
	return found;
}
