import { markdownTable } from "markdown-table";
import { fileSizes, jsonRecords } from "./real-data.ts";
import { pooledLength, powerOfTwo, wasteOf } from "./waste.ts";

// Prints what the size classes waste on sizes of real responses.

const sources: Record<string, readonly number[]> = {
	"files of the npm packages installed": fileSizes(),
	"JSON records": jsonRecords.map((text) => Buffer.byteLength(text)),
};

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
const rows = Object.entries(sources).flatMap(([name, sizes]) =>
	Object.entries({ "four a doubling": pooledLength, "powers of two": powerOfTwo }).map(
		([classes, lengthFor]) => {
			const { average, ofBytes, worst } = wasteOf(sizes, lengthFor);
			return [name, String(sizes.length), classes, percent(average), percent(ofBytes), percent(worst)];
		},
	),
);
const heading = ["sizes", "requests", "classes", "average waste", "of all bytes", "worst above 64 B"];
console.log(markdownTable([heading, ...rows], { align: ["l", "r", "l", "r", "r", "r"] }));
