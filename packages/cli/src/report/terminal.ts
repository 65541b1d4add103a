import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

/** Where text goes, and what can be done with it there. */
export interface Terminal {
	write(text: string): void;
	/** Columns of a terminal; undefined where there is no limit, as in a file. */
	readonly columns: number | undefined;
	/** Whether a line can be written over. */
	readonly canRewrite: boolean;
	/** Adds a style, where styles can be shown. */
	paint(format: Format, text: string): string;
}

interface Stream {
	readonly isTTY?: boolean;
	readonly columns?: number;
	write(text: string): unknown;
}

/** What a stream can do, given what the environment asks for (`NO_COLOR`, `TERM=dumb`, `COLUMNS`). */
export function terminal(stream: Stream, env: NodeJS.ProcessEnv = process.env): Terminal {
	const isTerminal = stream.isTTY === true;
	const canRewrite = isTerminal && env.TERM !== "dumb";
	const hasColours = canRewrite && (env.NO_COLOR === undefined || env.NO_COLOR === "");
	return {
		write: (text) => void stream.write(text),
		columns: columnsOf(stream, env),
		canRewrite,
		paint: (format, text) => (hasColours ? styleText(format, text, { validateStream: false }) : text),
	};
}

function columnsOf({ columns }: Stream, { COLUMNS }: NodeJS.ProcessEnv): number | undefined {
	if (columns !== undefined && columns > 0) return columns;
	const asked = Number(COLUMNS);
	return Number.isInteger(asked) && asked > 0 ? asked : undefined;
}
