import type { Logger } from '../../src/log/logger.ts';
import type { FingerprintService } from '../../src/service/fingerprint-service.ts';
import type { LiveTopics } from '../ipc/live-topics.ts';
import type { OperatorSessionPort } from '../ipc/operator-ipc.ts';
import type { DesktopText } from '../text/desktop-text.ts';

/** What the parts of the desktop app share. */
export interface DesktopContext {
	readonly service: FingerprintService;
	/** The session through which tray, menus and dialogs call operations; each page of the window has a separate one. */
	readonly operatorSession: OperatorSessionPort;
	readonly topics: LiveTopics;
	readonly logger: Logger;
	/** Returns the texts in the current language. */
	readonly text: () => DesktopText;
}

/** Calls an operation for the operator. A refusal is logged; the caller reads the outcome from the topics. */
export async function callOperation(
	{ operatorSession, logger }: DesktopContext,
	operation: string,
	input: unknown = {},
): Promise<void> {
	const reply = await operatorSession.call(operation, input);
	if (!reply.ok) logger.warn('An operation was refused', { operation, reason: reply.problem.message });
}
