/** What a violation's message says without its kind and pool, which stand in its heading. */
export function happened(message: string): string {
	return message.replace(/^\w+ in (?:a pool without a name|pool ".*?"): /u, "");
}
