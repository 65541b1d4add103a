/** A small program that uses pools, rightly or wrongly. Each is run alone, with the checks on; what it throws fails its test. */
export interface Program {
	readonly name: string;
	run(): unknown;
}
