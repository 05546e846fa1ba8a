import { ViewHeader } from '../components/view-header.tsx';
import { useText } from '../window-context.ts';
import { FirstStepsCard } from './first-steps-card.tsx';
import { ReadersCard } from './readers-card.tsx';
import { ServiceCard } from './service-card.tsx';

/** What an operator looks at first: does the service run, where, and with which readers. */
export function OverviewView() {
	const { shell, overview } = useText();
	return (
		<>
			<ViewHeader title={shell.views.overview} lead={overview.lead} />
			<ServiceCard />
			<FirstStepsCard />
			<ReadersCard />
		</>
	);
}
