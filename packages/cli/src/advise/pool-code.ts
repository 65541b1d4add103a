import { type JudgedSite, shortName } from "./judged-site.ts";
import type { AllocationSite } from "./sites.ts";

/** The lines to write for a pool at a site; names are guesses. */
export function poolCode({ site, flow }: JudgedSite): string {
	const name = JSON.stringify(shortName(site));
	const local = flow !== undefined && flow.owner !== undefined && flow.escapes.length === 0;
	const kept = flow?.escapes.find(({ kind }) => kind === "stored");
	if (site.what.startsWith("zlib.")) return contextCode(site, name);
	const fixed = site.smallest === site.largest;
	const giveBack = local
		? "pool.put(item); // where the function is done with it"
		: 'pool.put(item); // as soon as nobody refers to it any more: after the last write, in a finally, on "close"';
	if (kept !== undefined) {
		return [
			'import { Pool } from "ebbpool";',
			`// It is ${kept.text}: pool the object that holds it, with everything in it.`,
			`const pool = new Pool({ name: ${name}, new: () => new Holder(), reset: (holder) => holder.reset() });`,
			"const item = pool.get();",
			giveBack,
		].join("\n");
	}
	if (!fixed) {
		return [
			'import { BufferPool } from "ebbpool/bytes";',
			`const pool = new BufferPool({ name: ${name} });`,
			"const item = pool.get(length); // at least that long: use item.subarray(0, length)",
			giveBack,
		].join("\n");
	}
	return [
		'import { Pool } from "ebbpool";',
		`const pool = new Pool({ name: ${name}, new: () => ${construction(site)}${reset(site)} });`,
		"const item = pool.get();",
		giveBack,
	].join("\n");
}

function construction({ what, largest }: AllocationSite): string {
	const bytes = largest ?? 0;
	if (what === "ArrayBuffer" || what === "SharedArrayBuffer") return `new ${what}(${bytes})`;
	if (what.startsWith("Buffer.")) return `Buffer.allocUnsafe(${bytes})`;
	const width = elementBytes(what);
	return width === undefined ? `new Uint8Array(${bytes})` : `new ${what}(${bytes / width})`;
}

function reset({ what }: AllocationSite): string {
	const zeroed = elementBytes(what) !== undefined || what === "Buffer.alloc";
	return zeroed ? ", reset: (array) => array.fill(0)" : "";
}

function elementBytes(what: string): number | undefined {
	const bits = /^(?:Big)?(?:Int|Uint|Float)(\d+)(?:Clamped)?Array$/u.exec(what)?.[1];
	return bits === undefined ? undefined : Number(bits) / 8;
}

function contextCode({ what }: AllocationSite, name: string): string {
	const kind = /inflate|unzip/iu.test(what) ? "InflateRaw" : "DeflateRaw";
	return [
		'import { Pool } from "ebbpool";',
		'import { constants } from "node:zlib";',
		`import { ${kind} } from "minizlib"; // contexts that work synchronously and can be reset`,
		`const pool = new Pool({ name: ${name}, new: () => new ${kind}({}), reset: (z) => z.reset(), dispose: (z) => z.close() });`,
		"const context = pool.get();",
		"context.write(input);",
		"context.flush(constants.Z_FINISH);",
		"const output = context.read();",
		"pool.put(context);",
	].join("\n");
}
