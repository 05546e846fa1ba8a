import { AdminTokens } from '../access/admin-tokens.ts';
import { OPERATOR_PATH } from '../operator/web/operator-http-handler.ts';
import { ServiceError } from '../protocol/errors.ts';
import { serviceAddress } from '../server/http/service-address.ts';
import { isServiceRunning } from '../server/service-client/service-health.ts';
import { systemClock } from '../time/clock.ts';
import { auditCommand, BY_COMMAND } from './audit-command.ts';
import { findService, noProgramError, notRunningText, type ServiceFlags } from './find-service.ts';

/**
 * Prints a new link to the operator window of a service without a desktop app. The window also works while the service is stopped,
 * and can start it.
 *
 * @throws ServiceError if no program serves a window for the data folder
 */
export async function printConsoleLink(flags: ServiceFlags): Promise<void> {
	const { dataDir, holder, address } = await findService(flags);
	if (holder === undefined) throw noProgramError(dataDir);
	if (holder.program === 'desktop') {
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message: 'The service runs in the desktop app, which has its own operator window: open it from the tray',
		});
	}
	if (!(await isServiceRunning(address))) {
		throw new ServiceError('SERVICE_UNAVAILABLE', {
			message: `The service with the data folder ${dataDir} does not answer at ${serviceAddress(address)}: try again, or correct --host and --port`,
		});
	}
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	const ticket = await tokens.issueTicket();
	await auditCommand(flags.dataDir, { event: 'token:issued', kind: 'link', by: BY_COMMAND });
	process.stdout.write(`http://${serviceAddress(address)}${OPERATOR_PATH}#${ticket}\n`);
	if (holder.state !== 'running') process.stderr.write(`${notRunningText(holder, dataDir)}, or in the window\n`);
}
