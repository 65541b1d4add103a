/** What a tool prints of something that it does not like; none may stand in what it prints of a project. */
export const WARNING = /\bwarn(ing|ed|s)?\b|deprecat|did not exit|open handle|⚠/i;
