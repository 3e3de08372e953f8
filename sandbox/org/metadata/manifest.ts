import { type Component, readFile } from './components';
import { type Member, membersOf } from './members';
import { MetadataProblem } from './problem';

/**
 * Everything in a deployment's files, parents before what hangs on them. A manifest that names what is not
 * there is a problem, and so is a file that it does not name. Throws MetadataProblem.
 */
export function componentsOf(files: ReadonlyMap<string, string>, folder: string): Component[] {
  const manifest = files.get('package.xml');
  if (manifest === undefined) throw new MetadataProblem('No package.xml found');
  const members = membersOf(manifest);
  const found: Component[] = [];
  for (const [path, content] of files) {
    if (path !== 'package.xml') found.push(...readFile(path, folder + path, content));
  }
  const listed = new Set(members.map(({ type, name }) => `${type} ${name}`));
  const isListed = (type: string, name: string): boolean =>
    listed.has(`${type} ${name}`) || listed.has(`${type} *`);
  const wanted = found.flatMap((component): Component[] => {
    const { fullName } = component;
    switch (component.type) {
      case 'CustomObject':
        // Its file may be there for the sake of its fields alone.
        return isListed('CustomObject', fullName) ? [component] : [];
      case 'CustomField':
        return isListed('CustomField', fullName) || isListed('CustomObject', component.objectName)
          ? [component]
          : [unlisted(component)];
      case 'PermissionSet':
        return isListed('PermissionSet', fullName) ? [component] : [unlisted(component)];
      default:
        return [component];
    }
  });
  return [...wanted, ...notFound(members, found, folder)].sort((a, b) => rank(a) - rank(b));
}

const unlisted = ({ type, fileName, fullName, position }: Component): Component => ({
  type: 'Problem',
  metadataType: type,
  fileName,
  fullName,
  position,
  problem: 'Not in package.xml',
});

function notFound(members: readonly Member[], found: readonly Component[], folder: string): Component[] {
  const there = new Set(
    found.map(
      (component) =>
        `${'metadataType' in component ? component.metadataType : component.type} ${component.fullName}`,
    ),
  );
  return members
    .filter(({ type, name }) => name !== '*' && !there.has(`${type} ${name}`))
    .map(({ type, name }) => ({
      type: 'Problem',
      metadataType: '',
      fileName: `${folder}package.xml`,
      fullName: name,
      position: null,
      problem: `An object '${name}' of type ${type} was named in package.xml, but was not found in zipped directory`,
    }));
}

/** Objects, their fields, the fields that lead to other objects, what speaks of all of them, and what goes. */
function rank(component: Component): number {
  switch (component.type) {
    case 'Problem':
      return 0;
    case 'Delete':
      return component.fileName.endsWith('destructiveChangesPost.xml') ? 6 : 1;
    case 'CustomObject':
      return 2;
    case 'CustomField':
      return component.field.referenceTo === undefined ? 3 : 4;
    case 'PermissionSet':
      return 5;
  }
}
