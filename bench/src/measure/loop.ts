/** Does the operation under test so many times, in rounds; returns something that depends on the items it saw. */
export type Loop = (rounds: number) => number;
