/** Names of what crosses between the preload script and the main process. */
export const CHANNELS = {
	/** A page begins: what an earlier one in the same window had open ends. */
	open: 'console:open',
	/** `operation`, `input`; answered with a `OperatorReply`. */
	call: 'console:call',
	/** `id`: send events under it, first everything as it is now. */
	follow: 'console:follow',
	/** `id`: send no more of them. */
	unfollow: 'console:unfollow',
	/** `id`, `ConsoleEvent`; the only one towards the page. */
	event: 'console:event',
} as const;
