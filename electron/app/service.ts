import { app } from 'electron';
import { examineProgram } from '../../src/commands/examine-program.ts';
import { toSettingsFlags } from '../../src/config/serve-flags.ts';
import type { Logging } from '../../src/log/logging.ts';
import { chooseLanguage } from '../../src/protocol/languages.ts';
import { FingerprintService } from '../../src/service/fingerprint-service.ts';
import { getSettingValue, LiveTopics } from '../ipc/live-topics.ts';
import { getDesktopText } from '../text/desktop-text.ts';
import type { DesktopArguments } from './arguments.ts';
import type { DesktopContext } from './desktop-context.ts';
import { startUtilityWorker } from './utility-worker.ts';

/** Creates the service, without starting it, and the context that the parts of the app share. */
export function setupService(dataDir: string, args: DesktopArguments, logging: Logging): DesktopContext {
	const service = new FingerprintService({
		dataDir,
		env: process.env,
		flags: toSettingsFlags(args),
		logging,
		isDesktop: true,
		examine: examineProgram(dataDir),
		exit: () => app.quit(),
		startWorkerProcess: startUtilityWorker,
	});
	const operatorSession = service.openOperatorSession();
	const topics = new LiveTopics(operatorSession);
	const language = () => chooseLanguage(getSettingValue(topics.get('settings'), 'window.language'), [app.getLocale()]);
	return {
		service,
		operatorSession,
		topics,
		logger: logging.createLogger('Desktop'),
		text: () => getDesktopText(language()),
	};
}
