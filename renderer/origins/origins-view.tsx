import { ViewHeader } from '../components/view-header.tsx';
import { useText } from '../window-context.ts';
import { ConnectionsCard } from './connections-card.tsx';
import { OriginsCard } from './origins-card.tsx';
import { PendingCard } from './pending-card.tsx';

/** The connected web pages and the decisions about their origins. */
export function OriginsView() {
	const { shell, origins } = useText();
	return (
		<>
			<ViewHeader title={shell.views.origins} lead={origins.lead} />
			<PendingCard />
			<ConnectionsCard />
			<OriginsCard />
		</>
	);
}
