import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';

/** pages */
export function PagesView() {
	const { shell, pages } = useText();
	return <PageHeader title={shell.views.pages} lead={pages.lead} />;
}
