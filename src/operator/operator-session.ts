import type { AuditEvent } from '../log/audit/audit-event.ts';
import type { Logger } from '../log/logger.ts';
import { toServiceError } from '../protocol/errors.ts';
import { auditedOperation } from './audited-operation.ts';
import type { OperatorEvent, OperatorReply } from './contract.ts';
import { type OperationPorts, runOperation } from './operations.ts';
import type { TopicPublisher } from './topic-publisher.ts';
import { toProblem } from './views.ts';

export interface OperatorSessionOptions {
	readonly id: string;
	readonly ports: OperationPorts;
	readonly publisher: TopicPublisher;
	readonly logger: Logger;
	/** Records what the operator does. */
	readonly audit: (event: AuditEvent) => void;
	/** Called once when the session closes; must end what the session has started. */
	readonly onClosed: () => void;
}

/** One operator window, or another program that acts for the operator. The input of its carrier need not be validated. */
export class OperatorSession {
	private readonly options: OperatorSessionOptions;
	private readonly subscriptions = new Set<() => void>();
	private isClosed = false;

	constructor(options: OperatorSessionOptions) {
		this.options = options;
	}

	/** Runs one operation; never rejects, whatever the input. */
	async call(operation: string, input: unknown): Promise<OperatorReply> {
		const reply = await this.run(operation, input);
		const event = auditedOperation(operation, input, reply, this.options.id);
		if (event !== undefined) this.options.audit(event);
		return reply;
	}

	/** As in `OperatorApi`. */
	follow(listener: (event: OperatorEvent) => void): () => void {
		if (this.isClosed) return () => {};
		const end = this.options.publisher.follow(listener);
		this.subscriptions.add(end);
		return () => {
			this.subscriptions.delete(end);
			end();
		};
	}

	/** Ends every subscription of the session; idempotent. */
	close(): void {
		if (this.isClosed) return;
		this.isClosed = true;
		for (const end of this.subscriptions) end();
		this.options.onClosed();
	}

	private async run(operation: string, input: unknown): Promise<OperatorReply> {
		const { id, ports, logger } = this.options;
		try {
			return { ok: true, result: await runOperation(operation, input, ports, id) };
		} catch (thrown) {
			const error = toServiceError(thrown);
			if (error.error === 'INTERNAL_ERROR') logger.error('An operation failed', { operation, error });
			return { ok: false, problem: toProblem(error) };
		}
	}
}
