import { app } from 'electron';
import type { Logging } from '../../src/log/logging.ts';
import { FingerprintService } from '../../src/service/fingerprint-service.ts';
import { LiveTopics, settingValue } from '../ipc/live-topics.ts';
import { chooseLanguage, textIn } from '../text/desktop-text.ts';
import type { DesktopArguments } from './arguments.ts';
import type { DesktopContext } from './desktop-context.ts';
import { startUtilityWorker } from './utility-worker.ts';

/** Build the service, not started yet, and what the shell sees of it. */
export function setupService(dataDir: string, args: DesktopArguments, logging: Logging): DesktopContext {
	const { port, host, logLevel, virtual } = args;
	const flags = {
		server: { ...(port !== undefined && { port }), ...(host !== undefined && { host }) },
		...(logLevel !== undefined && { log: { level: logLevel } }),
		...(!virtual && { virtual: { enabled: false } }),
	};
	const service = new FingerprintService({
		dataDir,
		env: process.env,
		flags,
		logging,
		isDesktop: true,
		startWorkerProcess: startUtilityWorker,
	});
	const session = service.openConsole();
	const topics = new LiveTopics(session);
	const language = () => chooseLanguage(settingValue(topics.get('settings'), 'window.language'), app.getLocale());
	return { service, session, topics, logger: logging.createLogger('Shell'), text: () => textIn(language()) };
}
