/** Where the service listens. Without a desktop app it serves this window from there, and cannot move under its feet. */
const ADDRESS_FIELDS = ['server.host', 'server.port'];

/** How many changed settings wait for what. */
export interface PendingRestarts {
	readonly forService: number;
	readonly forProgram: number;
}

/** @param pending fields whose value the running service has not taken over */
export function pendingRestarts(pending: readonly string[], isDesktop = false): PendingRestarts {
	const forProgram = isDesktop ? 0 : pending.filter((field) => ADDRESS_FIELDS.includes(field)).length;
	return { forService: pending.length - forProgram, forProgram };
}
