/** Ends an exhaustive `switch`: a new member of the union fails to compile here, and a wrong value fails loudly. */
export function assertNever(value: never): never {
	throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
