/** Breaks a line between words so that it fits; the lines after the first begin with the indent. */
export function wrap(text: string, columns: number | undefined, indent = ""): readonly string[] {
	if (columns === undefined || text.length <= columns) return [text];
	const lines: string[] = [];
	let line = /^ */u.exec(text)?.[0] ?? "";
	let isEmpty = true;
	for (const word of text.trimStart().split(" ")) {
		if (!isEmpty && line.length + 1 + word.length > columns) {
			lines.push(line.trimEnd());
			line = indent + word;
		} else {
			line += isEmpty ? word : ` ${word}`;
		}
		isEmpty = false;
	}
	return [...lines, line];
}
