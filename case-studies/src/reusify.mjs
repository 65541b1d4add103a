/**
 * The package reusify in terms of a Pool: what takes its place in the packages that use it.
 * @param {string} pool its name in reports
 * @returns {import("./study.d.ts").Replacement}
 */
export function insteadOfReusify(pool) {
	return {
		does: "a Pool with the two functions of reusify",
		find: /require\('reusify'\)/u,
		by: `((Made) => { const made = new (require("ebbpool").Pool)({ name: "${pool} " + Made.name, new: () => new Made() }); return { get: () => made.get(), release: (item) => made.put(item) }; })`,
	};
}
