/** The probe's own modules, also those that it shares with other commands: what they allocate is nobody's. */
const OWN = [".", "../../measure/thread-cpu.", "../../measure/collector."].map(
	(path) => new URL(path, import.meta.url).href,
);

export function isOwnCode(url: string): boolean {
	return OWN.some((own) => url.startsWith(own));
}
