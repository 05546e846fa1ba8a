import { PageHeader } from '../components/page-header.tsx';
import { FirstStepsCard } from '../overview/first-steps-card.tsx';
import { ReadersCard } from '../overview/readers-card.tsx';
import { ServiceCard } from '../overview/service-card.tsx';
import { useText } from '../window-context.ts';

/** What an operator looks at first: does the service run, where, and with which readers. */
export function OverviewView() {
	const { shell, overview } = useText();
	return (
		<>
			<PageHeader title={shell.views.overview} lead={overview.lead} />
			<ServiceCard />
			<FirstStepsCard />
			<ReadersCard />
		</>
	);
}
