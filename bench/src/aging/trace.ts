import { readFileSync } from "node:fs";
import { HELD, type Pattern } from "./patterns.ts";

/** A date of the Common Log Format: its day, month, year, time and offset. */
const DATE = /\[(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\]/;

/**
 * The requests of a server's log in the Common Log Format, each a use, in order: replayed so many times as fast. The log tells whole
 * seconds: requests within one are spread over it.
 */
export function tracesOf(file: string, speeds: readonly number[]): Pattern[] {
	const bySecond = new Map<number, number>();
	for (const line of readFileSync(file, "latin1").split("\n")) {
		const [, day, month, year, time, offset] = DATE.exec(line) ?? [];
		if (day === undefined) continue;
		const second = Date.parse(`${day} ${month} ${year} ${time} ${offset}`) / 1000;
		bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
	}
	if (bySecond.size === 0) throw new Error(`${file}: expected lines of the Common Log Format`);
	const seconds = [...bySecond].sort(([a], [b]) => a - b);
	const first = Math.min(...bySecond.keys());
	const length = (Math.max(...bySecond.keys()) - first + 1) * 1000;
	const moments = seconds.flatMap(([second, count]) =>
		Array.from({ length: count }, (_, at) => (second - first + at / count) * 1000),
	);
	return speeds.map((speed) => ({
		name: `requests of a log, ${speed} times as fast`,
		length: length / speed,
		uses: () => moments.map((moment) => ({ from: moment / speed, to: moment / speed + HELD })),
	}));
}
