import type { ProgramStatus } from '../config/lock/lock-messages.ts';
import type { RunState } from '../operator/run-control.ts';
import { SERVICE_VERSION } from '../protocol/version.ts';
import { type ListeningAddress, serviceAddress } from '../server/http/service-address.ts';

/** Returns what the commands learn about this program. @param address where it listens; `undefined` before the first start */
export function programStatus(
	state: RunState,
	{ isDesktop, address }: { isDesktop: boolean; address: ListeningAddress | undefined },
): ProgramStatus {
	return {
		program: isDesktop ? 'desktop' : 'service',
		version: SERVICE_VERSION,
		pid: process.pid,
		state: state.phase,
		addresses: address === undefined ? [] : [`ws://${serviceAddress(address)}`],
		...(address !== undefined && { host: address.host, port: address.port }),
		...(state.phase === 'failed' && { problem: state.error.message }),
	};
}
