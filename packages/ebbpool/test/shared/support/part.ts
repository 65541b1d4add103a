const compiled = new URL("../../../dist/shared/", import.meta.url);

/** A module of the compiled pool that is no part of its interface, such as `core/registry`. */
export async function part<Module>(name: string): Promise<Module> {
	return import(new URL(`${name}.js`, compiled).href);
}
