import { documents } from "../../../src/data.mjs";
import { answering } from "../answering.mjs";

export const does = "JSON answers of 3 to 30 kB compressed with gzip on their way out, asked for by inject()";
export const operations = 1500;

export const open = answering(documents([15, 30, 60, 140]), { threshold: 0 });
