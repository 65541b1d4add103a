import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import jpeg from "jpeg-js";

/** The data files that come with this package, and those of the packages it depends on. */
const committed = (name: string): string => fileURLToPath(new URL(`../../data/${name}`, import.meta.url));
const installed = (specifier: string): string => fileURLToPath(import.meta.resolve(specifier));

const BOOK = committed("moby-dick.txt");
const CSS_PROPERTIES = installed("mdn-data/css/properties.json");
const CSS_TRANSLATIONS = installed("mdn-data/l10n/css.json");
const EMOJI = installed("unicode-emoji-json/data-by-emoji.json");
const MEDIA_TYPES = installed("mime-db/db.json");

/** Files of text, 0.2 to 1.2 MB long. */
export const TEXT_FILES: readonly string[] = [BOOK, CSS_PROPERTIES, EMOJI, MEDIA_TYPES];

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

/** JSON documents as one has them in memory before they are sent; one is ASCII, three are not. */
export function jsonDocuments(): string[] {
	return [CSS_PROPERTIES, CSS_TRANSLATIONS, EMOJI, MEDIA_TYPES].map((path) => JSON.stringify(readJson(path)));
}

/** One JSON text per entry of the two large tables: CSS properties and emoji. */
export function jsonRecords(): string[] {
	return [CSS_PROPERTIES, EMOJI].flatMap((path) =>
		Object.entries(readJson(path) as Record<string, object>).map(([key, value]) =>
			JSON.stringify({ key, ...value }),
		),
	);
}

export interface Photograph {
	readonly width: number;
	readonly height: number;
	/** Red, green, blue and alpha, a byte each, row by row. */
	readonly rgba: Uint8Array;
}

export function photograph(): Photograph {
	const { width, height, data } = jpeg.decode(readFileSync(committed("earth.jpg")), { useTArray: true });
	return { width, height, rgba: data };
}

export interface Position {
	/** Degrees east. */
	readonly longitude: number;
	/** Degrees north. */
	readonly latitude: number;
}

interface Topology {
	readonly transform: {
		readonly scale: readonly [number, number];
		readonly translate: readonly [number, number];
	};
	/** Each point relative to the one before it, in steps of `scale`. */
	readonly arcs: readonly (readonly (readonly [number, number])[])[];
}

/** The coastlines of the world, as lines of positions. */
export function coastlines(): Position[][] {
	const { transform, arcs } = readJson(committed("land-110m.json")) as Topology;
	return arcs.map((arc) => {
		let [x, y] = [0, 0];
		return arc.map(([dx, dy]) => {
			x += dx;
			y += dy;
			return {
				longitude: x * transform.scale[0] + transform.translate[0],
				latitude: y * transform.scale[1] + transform.translate[1],
			};
		});
	});
}
