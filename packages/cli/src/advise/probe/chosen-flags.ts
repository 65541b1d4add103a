/** Whether the user has chosen one of these flags of V8. It is then left alone. */
export function isChosen(
	flags: RegExp,
	options: readonly string[] = [...process.execArgv, ...(process.env["NODE_OPTIONS"] ?? "").split(/\s+/u)],
): boolean {
	return options.some((option) => flags.test(option.replaceAll("_", "-")));
}
