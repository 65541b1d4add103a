import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Position } from "./probe/thread-report.ts";

interface MappedFile {
	readonly map: SourceMap;
	/** What relative names of sources start from. */
	readonly folder: string;
}

const COMMENT = /^\/\/[#@] ?sourceMappingURL=(\S+)[ \t]*$/gmu;
const INLINE = /^data:application\/json[^,]*?(;base64)?,(.*)$/su;

/** Finds where a position was written, in files that were compiled or bundled from others. */
export class SourceMaps {
	readonly #files = new Map<string, MappedFile | undefined>();

	/** The position in the original source; the same one if there is no map, or nothing in it. */
	original<P extends Position>(position: P): P {
		const mapped = this.#mapOf(position.file);
		if (mapped === undefined) return position;
		const entry = mapped.map.findEntry(position.line - 1, position.column - 1);
		if (!("originalSource" in entry) || entry.originalSource === undefined) return position;
		return {
			...position,
			file: sourcePath(entry.originalSource, mapped.folder),
			line: entry.originalLine + 1,
			column: entry.originalColumn + 1,
		};
	}

	#mapOf(file: string): MappedFile | undefined {
		if (!this.#files.has(file)) this.#files.set(file, read(file));
		return this.#files.get(file);
	}
}

function read(file: string): MappedFile | undefined {
	try {
		const url = [...readFileSync(file, "utf8").matchAll(COMMENT)].at(-1)?.[1];
		if (url === undefined) return undefined;
		const inline = INLINE.exec(url);
		const path = inline ? file : resolve(dirname(file), decodeURIComponent(url));
		const text = inline ? decode(inline) : readFileSync(path, "utf8");
		return { map: new SourceMap(JSON.parse(text)), folder: dirname(path) };
	} catch {
		// No file, no map, or none that can be read: then the position is what there is to say.
		return undefined;
	}
}

function decode([, base64, data = ""]: RegExpExecArray): string {
	return base64 ? Buffer.from(data, "base64").toString("utf8") : decodeURIComponent(data);
}

function sourcePath(source: string, folder: string): string {
	if (source.startsWith("file:")) return fileURLToPath(source);
	return /^[a-z]+:/u.test(source) ? source : resolve(folder, source);
}
