import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
	type EmulatorAnswer,
	type EmulatorCommand,
	type EmulatorRequest,
	emulatorAnswerSchema,
} from './emulator-commands.ts';

/** The hand that plugs readers in, touches them and pulls their plugs; the readers live in a process of their own. */
export class Emulator {
	private readonly child: ChildProcess;
	private readonly waiting = new Map<number, (answer: EmulatorAnswer) => void>();
	private lastId = 0;

	/** @param script the bundled `emulator-process` */
	constructor(script: URL) {
		this.child = fork(script, { execArgv: [] });
		this.child.on('message', (message) => {
			const answer = emulatorAnswerSchema.parse(message);
			this.waiting.get(answer.id)?.(answer);
			this.waiting.delete(answer.id);
		});
		this.child.on('exit', () => {
			for (const [id, settle] of this.waiting) settle({ id, fault: 'the emulator has ended' });
		});
	}

	/**
	 * Resolves once the command is done, or has failed.
	 *
	 * @returns the moment right before it took effect, `monotonicMs`
	 * @throws Error what went wrong on the other side
	 */
	async order(command: EmulatorCommand): Promise<number> {
		const request: EmulatorRequest = { id: ++this.lastId, command };
		const answered = new Promise<EmulatorAnswer>((resolve) => this.waiting.set(request.id, resolve));
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
