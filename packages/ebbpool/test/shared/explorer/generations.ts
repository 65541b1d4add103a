/**
 * How explored generations are counted: from the slot's owner word of now, which is always of generation 0; what was
 * read before is of generation −1, −2, …, and what a thread has just made of the owner word +1. The code only compares
 * generations and counts them on, so states that differ in where the count begins are one.
 *
 * {@link OLDEST} stands for every older one too. The most that the code counts on from a word it read is 2 (a gift and
 * back), so what is derived from a word that old is old as well: it never equals the owner word, and cannot be told from
 * one still older. With 22 bits nobody sleeps until they come round.
 */
const OLDEST = -3;

/** Three bits at the upper end of the word: they wrap as in production. */
export const GENERATION = 2 ** 29;

export const generationOf = (word: number): number => word >> 29;

/** The same word, when the owner word is of a generation later. */
export function aged(word: number): number {
	return generationOf(word) === OLDEST ? word : (word - GENERATION) | 0;
}
