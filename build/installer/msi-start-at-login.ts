import { readFile, writeFile } from 'node:fs/promises';

/** The element of electron-builder's MSI project that lists the installed components. */
const COMPONENTS = /<ComponentGroup Id="ProductComponents"[^>]*>/;

/** Starts the app when any user logs in, as the NSIS installer does. `Guid="*"` derives the GUID from the registry key. */
const START_AT_LOGIN = `
      <Component Id="StartAtLogin" Guid="*">
        <RegistryValue Root="HKLM" Key="Software\\Microsoft\\Windows\\CurrentVersion\\Run" Name="Fingerprint Service" Type="string"
          Value="&quot;[APPLICATIONFOLDER]Fingerprint Service.exe&quot; --hidden" KeyPath="yes"/>
      </Component>`;

/**
 * Adds the start at login to an MSI project.
 *
 * @param project WiX source from electron-builder's template
 * @throws Error if the project has no list of components
 */
export function addStartAtLogin(project: string): string {
	if (!COMPONENTS.test(project)) throw new Error('The MSI project lists no components: check its template');
	return project.replace(COMPONENTS, (list) => list + START_AT_LOGIN);
}

/** The hook that electron-builder calls with the path of an MSI project before it compiles the project. */
export async function msiProjectCreated(file: string): Promise<void> {
	await writeFile(file, addStartAtLogin(await readFile(file, 'utf8')));
}
