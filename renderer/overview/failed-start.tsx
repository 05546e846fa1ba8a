import type { OperatorProblem } from '../../src/operator/contract.ts';
import { LinkButton } from '../components/buttons/link-button.tsx';
import { Banner } from '../components/messages/banner.tsx';
import { ProblemBanner, ProblemDetail } from '../components/messages/problem-banner.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { PortForm } from './port-form.tsx';

/** Why the service did not start, and the remedy. For an unusable port, a form to choose another one. */
export function FailedStart({ problem }: { readonly problem: OperatorProblem }) {
	const { overview } = useText();
	const { topics } = useOperatorStore();
	const { port, setting } = problem.details ?? {};
	const own = topics.settings.value?.settings.find(({ field }) => field === 'server.port');
	const canChange = own?.source === 'default' || own?.source === 'file';
	if (setting !== 'server.port' || typeof port !== 'number' || !canChange) {
		return <ProblemBanner problem={problem} actions={<LinkButton to="logs">{overview.openLogs}</LinkButton>} />;
	}
	return (
		<>
			<Banner tone="bad" title={overview.portUnusable(String(port))}>
				<p>{overview.portUnusableHelp}</p>
				<ProblemDetail problem={problem} />
			</Banner>
			<PortForm refused={port} />
		</>
	);
}
