import { Deadlines } from "../base/deadlines.ts";
import { Counts } from "./counts.ts";
import type { Entry } from "./entry.ts";
import type { Environment } from "./environment.ts";
import { News } from "./news.ts";
import { Places } from "./places.ts";
import { Room } from "./room.ts";
import type { Settings } from "./settings.ts";

/** What the parts of a pool share. */
export interface Parts<T> {
	readonly settings: Settings<T>;
	readonly environment: Environment;
	readonly room: Room;
	readonly places: Places<Entry<T>>;
	readonly news: News<T>;
	readonly counts: Counts;
	/** For what somebody waits for: it keeps the process alive. */
	readonly awaited: Deadlines;
	/** For what nobody waits for. */
	readonly housekeeping: Deadlines;
}

/** @param listenersChanged - called when somebody begins to listen, or does not any more */
export function makeParts<T>(
	settings: Settings<T>,
	environment: Environment,
	listenersChanged: () => void,
): Parts<T> {
	const room = new Room(environment);
	return {
		settings,
		environment,
		room,
		places: new Places(),
		news: new News(room, settings.name, listenersChanged),
		counts: new Counts(),
		awaited: new Deadlines(environment, true),
		housekeeping: new Deadlines(environment, false),
	};
}
