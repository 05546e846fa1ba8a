const PARENT_CHECK_INTERVAL_MS = 500;

/**
 * Stops this program when npm runs it and the shell between them exits. npm sends signals only to that shell, which exits
 * without stopping its child, so the service would keep running and hold its port. Not needed on Windows, where npm kills the
 * whole process tree.
 */
export function exitWithNpmShell(): void {
	if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
	const shell = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === shell) return;
		clearInterval(timer);
		process.kill(process.pid, 'SIGTERM');
	}, PARENT_CHECK_INTERVAL_MS);
	timer.unref();
}
