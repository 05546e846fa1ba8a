/** Names of the IPC channels between the preload script and the main process, with the arguments of their messages. */
export const CHANNELS = {
	/** No arguments. A page has loaded: opens its session and closes that of the previous page in the same window. */
	open: 'operator:open',
	/** `operation`, `input`. Calls an operation; the answer is an `OperatorReply`. */
	call: 'operator:call',
	/** No arguments. The answer, null, shows that the main process runs. */
	check: 'operator:check',
	/** `id`. Starts sending events with this id, beginning with the current value of every topic. */
	follow: 'operator:follow',
	/** `id`. Stops sending events with this id. */
	unfollow: 'operator:unfollow',
	/** `id`, `OperatorEvent`. The only channel from the main process to the page. */
	event: 'operator:event',
} as const;
