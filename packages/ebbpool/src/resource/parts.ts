import type { Deadlines } from "../base/deadlines.ts";
import type { Entry } from "./entry.ts";
import type { Environment } from "./environment.ts";
import type { News } from "./news.ts";
import type { Places } from "./places.ts";
import type { Room } from "./room.ts";
import type { Settings } from "./settings.ts";

/** What the parts of a pool share. */
export interface Parts<T> {
	readonly settings: Settings<T>;
	readonly environment: Environment;
	readonly room: Room;
	readonly places: Places<Entry<T>>;
	readonly news: News<T>;
	/** For what somebody waits for: it keeps the process alive. */
	readonly awaited: Deadlines;
	/** For what nobody waits for. */
	readonly housekeeping: Deadlines;
}
