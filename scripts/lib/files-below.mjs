import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} folder
 * @param {string} ending of their names
 * @returns {string[]} the files in a folder and the folders in it
 */
export function filesBelow(folder, ending) {
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(ending))
		.map((file) => join(folder, file));
}
