/** How often the parent is looked at, ms. */
const LOOK_MS = 500;

/**
 * Where npm runs this program: end with the shell that npm has put between the two. npm passes a signal on to that shell,
 * which ends and leaves its child behind, with the port taken and nobody to end it. Not on Windows, where it kills the tree.
 */
export function endWithShellOfNpm(): void {
	if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
	const shell = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === shell) return;
		clearInterval(timer);
		process.kill(process.pid, 'SIGTERM');
	}, LOOK_MS);
	timer.unref();
}
