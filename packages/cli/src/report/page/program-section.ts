import type { ProgramRun } from "../model.ts";
import { html, type Markup } from "./html.ts";

/** The program that was run, and how it ended. */
export function programSection({ command, seconds, status, signal, watched, lost }: ProgramRun): Markup {
	const end = signal === null ? `ended with status ${status}` : `was ended by ${signal}`;
	return html`
<p><code>${command.join(" ")}</code> ran for ${seconds.toFixed(1)} s and ${end}; ${watched} ${watched === 1 ? "thread or process was" : "threads and processes were"} watched.</p>
${lost.length > 0 ? html`<p class="note">Killed before they could tell: ${lost.join(", ")}.</p>` : undefined}`;
}
