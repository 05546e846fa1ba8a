import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';

/** trial */
export function TrialView() {
	const { shell, trial } = useText();
	return <PageHeader title={shell.views.trial} lead={trial.lead} />;
}
