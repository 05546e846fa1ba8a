import { utilityProcess } from 'electron';
import type { StartWorkerProcess } from '../../src/devices/drivers/zkfinger/process/worker-process.ts';

/**
 * Starts a worker as an Electron utility process. A child process that runs a script with Node is not possible, because
 * the fuses of the packaged app disable `ELECTRON_RUN_AS_NODE`.
 */
export const startUtilityWorker: StartWorkerProcess = ({ module, args, env, onMessage, onExit }) => {
	const child = utilityProcess.fork(module, [...args], {
		env,
		stdio: 'ignore',
		serviceName: 'Fingerprint reader library',
	});
	child.on('message', onMessage);
	child.on('exit', (code) => onExit(`has ended with ${code}`));
	return {
		send: (call) => child.postMessage(call),
		// `child.kill()` sends SIGTERM, which has no effect on a process that hangs in a native call.
		kill: () => void (child.pid === undefined ? child.kill() : process.kill(child.pid, 'SIGKILL')),
	};
};
