import { resolve } from "node:path";

/** A path as typed: npm runs scripts in the package's folder, and tells where it was itself called. */
export function invocationPath(path: string): string {
	return resolve(process.env.INIT_CWD ?? "", path);
}

/** As {@link invocationPath}, but a bare name is looked for on the PATH. */
export function executablePath(path: string): string {
	return /[/\\]/.test(path) ? invocationPath(path) : path;
}
