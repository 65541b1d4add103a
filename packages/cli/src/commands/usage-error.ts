/** A command line that cannot be carried out as it stands: said on stderr, with exit status 2. */
export class UsageError extends Error {}
