import type * as pg from "pg";
import StandIn from "./index.ts";
import { ownOptions } from "./settings.ts";

/**
 * The same pool for whoever chooses it by name: each loan has an object of its own, so that a second `release`, however
 * late, ends nothing.
 *
 * @typeParam T - the client's type
 */
export class PgPool<T extends pg.Client = pg.Client> extends StandIn<T> {
	constructor(config?: StandIn.Config<T>, client?: StandIn.ClientLikeCtr<T>) {
		const options = ownOptions(config);
		options["handles"] ??= true;
		super(options as StandIn.Config<T>, client);
	}
}
