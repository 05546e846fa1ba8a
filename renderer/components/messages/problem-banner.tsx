import type { ComponentChildren } from 'preact';
import type { OperatorProblem } from '../../../src/operator/contract.ts';
import { ERRORS } from '../../../src/protocol/errors.ts';
import type { WindowText } from '../../text/window-text.ts';
import { useText } from '../../window-context.ts';
import { Banner } from './banner.tsx';

export interface ProblemBannerProps {
	readonly problem: OperatorProblem | undefined;
	readonly actions?: ComponentChildren;
	readonly onDismiss?: () => void;
}

/** A problem and its remedy in the operator's language; renders nothing without a problem. */
export function ProblemBanner({ problem, actions, onDismiss }: ProblemBannerProps) {
	const text = useText();
	if (problem === undefined) return null;
	const { what, remedy } = textsOf(problem, text);
	return (
		<Banner tone="bad" title={what} actions={actions} {...(onDismiss && { onDismiss })}>
			<p>{remedy}</p>
			<ProblemDetail problem={problem} />
		</Banner>
	);
}

function textsOf({ error, details }: OperatorProblem, { errors, shell }: WindowText) {
	// The service may well be running, so advice to start it would be wrong.
	if (details?.reason === 'connection') return { what: shell.linkLost, remedy: shell.callLostHelp };
	return errors[error];
}

/** The message of the service, if it says more than the error table, such as the file, port or field. */
export function ProblemDetail({ problem }: { readonly problem: OperatorProblem }) {
	if (problem.message === ERRORS[problem.error].message) return null;
	return (
		<p class="problem-detail" lang="en" dir="ltr">
			{problem.message}
		</p>
	);
}
