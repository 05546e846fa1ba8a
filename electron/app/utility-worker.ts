import { utilityProcess } from 'electron';
import type { StartWorkerProcess } from '../../src/devices/drivers/zkfinger/process/worker-process.ts';

/** Start a worker as a process of Electron's: the fuses of the packed app forbid it to be a Node that runs a script. */
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
		// Its own `kill` asks politely, which a process in a native call that hangs does not hear.
		kill: () => void (child.pid === undefined ? child.kill() : process.kill(child.pid, 'SIGKILL')),
	};
};
