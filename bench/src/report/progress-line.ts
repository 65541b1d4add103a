import { clearLine, cursorTo } from "node:readline";

/** Shows what is going on in one line that the next one overwrites, and nothing where nobody watches. */
export function progressLine(text: string): void {
	if (!process.stderr.isTTY) return;
	cursorTo(process.stderr, 0);
	clearLine(process.stderr, 0);
	process.stderr.write(text);
}
