import { readFile, writeFile } from 'node:fs/promises';

/** Where electron-builder's project for an MSI lists what is installed. */
const COMPONENTS = /<ComponentGroup Id="ProductComponents"[^>]*>/;

/** Starts the app at login of whoever uses the PC, as the NSIS installer does. `Guid="*"`: made from the registry key. */
const START_AT_LOGIN = `
      <Component Id="StartAtLogin" Guid="*">
        <RegistryValue Root="HKLM" Key="Software\\Microsoft\\Windows\\CurrentVersion\\Run" Name="Fingerprint Service" Type="string"
          Value="&quot;[APPLICATIONFOLDER]Fingerprint Service.exe&quot; --hidden" KeyPath="yes"/>
      </Component>`;

/**
 * Add the start at login to an MSI project.
 *
 * @param project WiX source, as electron-builder's template makes it
 * @throws Error if the project has no list of components
 */
export function addStartAtLogin(project: string): string {
	if (!COMPONENTS.test(project)) throw new Error('the MSI project lists no components: has its template changed?');
	return project.replace(COMPONENTS, (list) => list + START_AT_LOGIN);
}

/** The hook by which electron-builder lets a project for an MSI (a file) be changed. */
export async function msiProjectCreated(file: string): Promise<void> {
	await writeFile(file, addStartAtLogin(await readFile(file, 'utf8')));
}
