/** Ends an exhaustive `switch`: a new member of the union does not compile, and an unexpected value throws. */
export function assertNever(value: never): never {
	throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
