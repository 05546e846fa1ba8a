import { join } from 'node:path';
import { prepareDataDir, resolveDataDir } from '../config/data-folder.ts';
import { type ServeFlags, toSettingsFlags } from '../config/serve-flags.ts';
import { STOP_SIGNALS } from '../config/stop-signals.ts';
import { exitOnCrash, recordCrashes } from '../log/last-crash.ts';
import { createLogging } from '../log/logging.ts';
import type { ServiceError } from '../protocol/errors.ts';
import { serviceAddress } from '../server/http/service-address.ts';
import { FingerprintService } from '../service/fingerprint-service.ts';
import { keepRunningWithoutOutput } from './broken-output.ts';
import { examineProgram } from './examine-program.ts';
import { exitWithNpmShell } from './exit-with-npm.ts';
import { quickStartLines } from './quick-start.ts';

export interface ServeOptions extends ServeFlags {
	readonly dataDir?: string;
	readonly quickStart?: boolean;
}

/** Runs the service until a stop signal; a second signal exits immediately. @throws ServiceError why it cannot start */
export async function serve(options: ServeOptions): Promise<void> {
	const dataDir = resolveDataDir({ flag: options.dataDir, env: process.env });
	await prepareDataDir(dataDir);
	// The service sets the level from its settings.
	const logging = createLogging({ level: 'info', dir: join(dataDir, 'logs'), console: true });
	const flags = toSettingsFlags(options);
	recordCrashes(join(dataDir, 'logs'));
	exitOnCrash();
	const { promise: ended, resolve: exit } = Promise.withResolvers<ServiceError | undefined>();
	const service = new FingerprintService({
		dataDir,
		env: process.env,
		flags,
		logging,
		isDesktop: false,
		exit,
		examine: examineProgram(dataDir),
	});
	onStopSignal(() => exit(undefined));
	exitWithNpmShell();
	keepRunningWithoutOutput();
	try {
		const location = await service.start();
		const lines = options.quickStart ? await quickStartLines(await service.keys(), { ...location, dataDir }) : [];
		const listening = `listening on ws://${serviceAddress(location)}`;
		const window = `operator window, link for one use within 10 minutes: ${await service.operatorLink()}`;
		process.stdout.write(`${[listening, window, ...lines].join('\n')}\n`);
		const error = await ended;
		if (error !== undefined) throw error;
	} finally {
		await service.close();
		await logging.close();
	}
}

/**
 * Calls `stop` at the first stop signal; the second one exits immediately. The listeners stay, because write-file-atomic also
 * listens while it writes, and kills the process if it has the only listener.
 */
function onStopSignal(stop: () => void): void {
	let signals = 0;
	const onSignal = () => (++signals === 1 ? stop() : process.exit(1));
	for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
}
