import { escapeOf, type SiteFlow } from "../escape/escape-of.ts";
import type { ParsedSource } from "../escape/parse.ts";
import { findExtent } from "../extent/find-extent.ts";
import type { AllocationSite } from "../sites.ts";
import { type ExtentPlan, type Planned, planEdit } from "./plan-edit.ts";
import { kindOf } from "./pooled-kind.ts";

/** Decides how a site can be pooled: for a block of its own function, or else for a call of a function by which it is reached. */
export function planSite(site: AllocationSite, source: ParsedSource | undefined): Planned {
	const flow = source && escapeOf(source, site);
	const planned = planEdit(site, flow);
	if ("plan" in planned || source === undefined || flow === undefined) return planned;
	const plan = planExtent(site, source, flow);
	return plan === undefined ? planned : { plan };
}

function planExtent(site: AllocationSite, source: ParsedSource, flow: SiteFlow): ExtentPlan | undefined {
	const { allocation, owner } = flow;
	if (owner === undefined || flow.isAsync) return undefined;
	const kind = kindOf(allocation, site);
	if (typeof kind === "string") return undefined;
	const found = findExtent(source, allocation.node);
	if (found === undefined) return undefined;
	const name = "id" in owner.node && owner.node.id ? owner.node.id.name : site.what;
	return { allocation: allocation.node, name, root: found.root, ...kind };
}
