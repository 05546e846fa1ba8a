/** Returns a path as it is typed in a shell: in quotation marks if it contains spaces or special characters. */
export function quotePath(path: string): string {
	return /^[\w./:\\-]+$/.test(path) ? path : `"${path}"`;
}
