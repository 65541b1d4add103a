import { documents } from "../../../src/data.mjs";
import { answering } from "../answering.mjs";

export const does =
	"JSON answers of 1.1 to 2.5 kB compressed with gzip on their way out, asked for by inject()";
export const why =
	"most answers of an API are little longer than the 1,024 bytes from which the package compresses";
export const operations = 3000;

export const open = answering(documents([6, 8, 12]), {});
