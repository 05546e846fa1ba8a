import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
	type SimulatorAnswer,
	type SimulatorCommand,
	type SimulatorRequest,
	simulatorAnswerSchema,
} from './simulator-commands.ts';

/** Starts and controls the process that simulates the reader. */
export class SimulatorClient {
	private readonly child: ChildProcess;
	private readonly waiting = new Map<number, (answer: SimulatorAnswer) => void>();
	private lastId = 0;

	/** @param script URL of the bundled `simulator-process` */
	constructor(script: URL) {
		this.child = fork(script, { execArgv: [] });
		this.child.on('message', (message) => {
			const answer = simulatorAnswerSchema.parse(message);
			this.waiting.get(answer.id)?.(answer);
			this.waiting.delete(answer.id);
		});
		this.child.on('exit', () => {
			for (const [id, settle] of this.waiting) settle({ id, fault: 'the simulator has ended' });
		});
	}

	/**
	 * Executes a command in the simulator process and waits until it is done.
	 *
	 * @returns when it took effect, `monotonicMs`
	 * @throws Error with the reason when the command fails
	 */
	async execute(command: SimulatorCommand): Promise<number> {
		const request: SimulatorRequest = { id: ++this.lastId, command };
		const answered = new Promise<SimulatorAnswer>((resolve) => this.waiting.set(request.id, resolve));
		this.child.send(request);
		const answer = await answered;
		if ('fault' in answer) throw new Error(`${command.do}: ${answer.fault}`);
		return answer.at;
	}

	async close(): Promise<void> {
		this.child.disconnect();
		await once(this.child, 'exit');
	}
}
