import type { Logger } from '../log/logger.ts';
import { toServiceError } from '../protocol/errors.ts';
import type { OperatorEvent, OperatorReply } from './contract.ts';
import { type CallPorts, handleCall } from './operations.ts';
import type { TopicPublisher } from './topic-publisher.ts';
import { toProblem } from './views.ts';

export interface OperatorSessionOptions {
	readonly id: string;
	readonly ports: CallPorts;
	readonly board: TopicPublisher;
	readonly logger: Logger;
	/** The session is over: what it has started must end. */
	readonly onClosed: () => void;
}

/** One window, or whoever else acts for an operator; its carrier passes on what it says, checked or not. */
export class OperatorSession {
	private readonly options: OperatorSessionOptions;
	private readonly unfollow = new Set<() => void>();
	private isClosed = false;

	constructor(options: OperatorSessionOptions) {
		this.options = options;
	}

	/** Do one operation; never rejects, whatever the input. */
	async call(operation: string, input: unknown): Promise<OperatorReply> {
		const { id, ports, logger } = this.options;
		try {
			return { ok: true, result: await handleCall(operation, input, ports, id) };
		} catch (thrown) {
			const error = toServiceError(thrown);
			if (error.error === 'INTERNAL_ERROR') logger.error('An operation failed', { operation, error });
			return { ok: false, problem: toProblem(error) };
		}
	}

	/** As in `OperatorApi`. */
	follow(listener: (event: OperatorEvent) => void): () => void {
		if (this.isClosed) return () => {};
		const end = this.options.board.follow(listener);
		this.unfollow.add(end);
		return () => {
			this.unfollow.delete(end);
			end();
		};
	}

	/** The window is gone; idempotent. */
	close(): void {
		if (this.isClosed) return;
		this.isClosed = true;
		for (const end of this.unfollow) end();
		this.options.onClosed();
	}
}
