import type { Logger } from '../../src/log/logger.ts';
import type { FingerprintService } from '../../src/service/fingerprint-service.ts';
import type { LiveTopics } from '../ipc/live-topics.ts';
import type { Session } from '../ipc/operator-ipc.ts';
import type { DesktopText } from '../text/desktop-text.ts';

/** What the features of the desktop app share. */
export interface DesktopContext {
	readonly service: FingerprintService;
	/** Through it tray, menus and dialogs do what the window does through its own. */
	readonly session: Session;
	readonly topics: LiveTopics;
	readonly logger: Logger;
	/** In the language of the moment. */
	readonly text: () => DesktopText;
}

/** Do one operation for the operator; a refusal is logged, and shows in the state. */
export async function perform(
	{ session, logger }: DesktopContext,
	operation: string,
	input: unknown = {},
): Promise<void> {
	const reply = await session.call(operation, input);
	if (!reply.ok) logger.warn('An operation was refused', { operation, reason: reply.problem.message });
}
