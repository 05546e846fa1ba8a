import { ViewHeader } from '../components/view-header.tsx';
import { useText } from '../window-context.ts';
import { FirstStepsCard } from './first-steps-card.tsx';
import { ReadersCard } from './readers-card.tsx';
import { ServiceCard } from './service-card.tsx';

/** The state of the service, its address and its readers. */
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
