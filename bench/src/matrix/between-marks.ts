const BEGIN = "<!-- bench:matrix begins -->";
const END = "<!-- bench:matrix ends -->";

/** The text with other words between the marks; undefined where there are none. */
export function betweenMarks(text: string, words: string): string | undefined {
	const begin = text.indexOf(BEGIN);
	const end = text.indexOf(END);
	if (begin === -1 || end < begin) return undefined;
	return `${text.slice(0, begin + BEGIN.length)}\n\n${words.trim()}\n\n${text.slice(end)}`;
}
