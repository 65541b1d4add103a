/** Of texts, those that give a number. */
export const NUMBERING = /^(?:charCodeAt|codePointAt|indexOf|lastIndexOf|search|localeCompare)$/u;
export const ERROR = /^(?:Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error$/u;
export const CONVERSION = /^(?:Number|String|Boolean|BigInt|parseInt|parseFloat|isNaN|isFinite)$/u;
/** Methods that every object has, and that give no more than a truth or a text. */
export const OF_OBJECTS = /^(?:hasOwnProperty|propertyIsEnumerable|isPrototypeOf|toString|toLocaleString)$/u;
/** Of typed arrays, those that give a new one. */
export const COPIES = /^(?:slice|map|filter|toReversed|toSorted|with)$/u;
/** Of arrays: those that give an element. */
export const TAKING = /^(?:pop|shift|at|find|findLast)$/u;
/** Those that give the array itself. */
export const SAME = /^(?:reverse|sort|fill|copyWithin)$/u;
/** Those that give a new one, of the same elements. */
export const ANOTHER = /^(?:slice|concat|filter|toReversed|toSorted|toSpliced|with|flat|splice)$/u;
/** Those that call what they are given, with elements. */
export const CALLING =
	/^(?:forEach|map|filter|find|findIndex|findLast|findLastIndex|some|every|sort|toSorted)$/u;
/** Those that keep and give nothing but numbers and texts. */
export const ASKING = /^(?:indexOf|lastIndexOf|includes|join|toString|keys)$/u;
