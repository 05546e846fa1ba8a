/** Returns Node's code of an error, such as `ENOENT`; `undefined` if it has none. */
export function codeOf(thrown: unknown): string | undefined {
	return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}

/**
 * Returns the reason of a failure in one human-readable line: the code of a failed system call, whose message would repeat the
 * path, or the first line of any other message.
 */
export function reasonOf(thrown: unknown): string {
	if (!(thrown instanceof Error)) return String(thrown);
	const [line = ''] = thrown.message.split('\n', 1);
	return 'syscall' in thrown ? (codeOf(thrown) ?? line) : line;
}
