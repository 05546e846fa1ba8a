/** The code Node gives an error, such as `ENOENT`; `undefined` if it has none. */
export function codeOf(thrown: unknown): string | undefined {
	return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}

/**
 * Why something failed, in one line for a person: of a system call its code, as its text would repeat the path;
 * of any other error the first line of its message.
 */
export function reasonOf(thrown: unknown): string {
	if (!(thrown instanceof Error)) return String(thrown);
	const [line = ''] = thrown.message.split('\n', 1);
	return 'syscall' in thrown ? (codeOf(thrown) ?? line) : line;
}
