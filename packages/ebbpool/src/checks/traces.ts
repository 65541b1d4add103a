import type { Trace } from "./violation.ts";

/**
 * A place in the program: the stack there, in words. Not the error, whose frames hold their receivers until they are put
 * into words: a lease would keep itself alive by the place where it was made.
 */
export type Place = string & { readonly place: unique symbol };

/**
 * The package's folder, as stacks name it, with source maps or without; nothing where its modules are bundled with others.
 */
const OWN = /(\S*\/)(?:dist\/(?:cjs\/)?|src\/)checks\/traces\.[jt]s/
	.exec(String(new Error().stack))?.[1]
	?.replace(/^\(?(file:\/\/)?/, "");

/** Frames to keep at most. */
const FRAMES = 12;

/** The place of the call that led here. */
export function here(): Place {
	const holder = Error as { stackTraceLimit?: number };
	const limit = holder.stackTraceLimit;
	// Where it is frozen, there are as many as there are.
	Reflect.set(holder, "stackTraceLimit", FRAMES);
	const place = String(new Error().stack) as Place;
	if (limit === undefined) Reflect.deleteProperty(holder, "stackTraceLimit");
	else Reflect.set(holder, "stackTraceLimit", limit);
	return place;
}

/** The frames of a place that are not this package's own. */
function framesOf(place: Place): string {
	const lines = place.split("\n");
	// V8 puts the error itself first; other engines have frames only.
	const frames = /^\s+at /.test(lines[1] ?? "") ? lines.slice(1) : lines;
	return frames.filter((line) => line.trim() !== "" && !isOwn(line) && !isOfRuntime(line)).join("\n");
}

const isOfRuntime = (line: string): boolean => line.includes("node:internal/");

/** Also frames of another copy of the package. */
function isOwn(line: string): boolean {
	if (line.includes("/node_modules/ebbpool/dist/")) return true;
	return OWN !== undefined && (line.includes(`${OWN}dist/`) || line.includes(`${OWN}src/`));
}

/** Leaves out what is not known. */
export function traces(...places: readonly (readonly [what: string, place: Place | undefined])[]): Trace[] {
	return places.flatMap(([what, place]) => (place === undefined ? [] : { what, stack: framesOf(place) }));
}
