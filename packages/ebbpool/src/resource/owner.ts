import type { DrainOwner } from "./drain.ts";
import type { KeeperOwner } from "./hooks/keeper.ts";
import type { OpenerOwner } from "./hooks/opener.ts";
import type { ShelfOwner } from "./idle-shelf.ts";
import type { Lender } from "./lease.ts";
import type { ReconcilerOwner } from "./reconciler.ts";
import type { WaitersOwner } from "./waiting/waiters.ts";

/** All that the parts of a pool see of it together. */
export interface Owner<T>
	extends Lender<T>,
		OpenerOwner<T>,
		KeeperOwner<T>,
		ShelfOwner<T>,
		WaitersOwner,
		ReconcilerOwner,
		DrainOwner<T> {}
