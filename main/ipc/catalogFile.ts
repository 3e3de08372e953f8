import { failed, ok, problem, type Result } from '../../contract/problem';
import type { FileDesk } from '../engine/catalog/file/desk';
import type { TableSaver } from '../engine/export/saveTable';
import type { Translate } from '../engine/ports';
import type { Handlers } from './handlers';

export interface CatalogFileDeps {
  /** Null before there is an org, or before a mode has been chosen. */
  files: () => FileDesk | null;
  /** Lets the person choose a file; null when they think better of it. */
  chooseFile: () => Promise<string | null>;
  saver: TableSaver;
  t: () => Translate;
}

type Names = Exclude<Extract<keyof Handlers, `catalogFile.${string}`>, 'catalogFile.exportRows'>;

/** Stock and prices through files: the store's catalogue in, a file to upload out. */
export function catalogFileHandlers({ files, chooseFile, saver, t }: CatalogFileDeps): Pick<Handlers, Names> {
  async function onFiles<T>(work: (desk: FileDesk) => Promise<Result<T>>): Promise<Result<T>> {
    const desk = files();
    return desk === null ? failed(problem('settings.incomplete')) : work(desk);
  }

  return {
    'catalogFile.get': () => ok(files()?.view() ?? null),
    'catalogFile.pick': () =>
      onFiles(async (desk) => {
        const path = await chooseFile();
        return path === null ? ok(null) : desk.open(path);
      }),
    'catalogFile.check': ({ fileId, mapping }) => onFiles((desk) => desk.check(fileId, mapping)),
    'catalogFile.plan': ({ fileId, choice }) => onFiles((desk) => desk.plan(fileId, choice)),
    'catalogFile.save': ({ id, ...wish }) =>
      onFiles((desk) => desk.save(id, wish, saver, (file) => t()('catalogFile.uploadTitle', { file }))),
    'catalogFile.uploaded': ({ id }) => onFiles((desk) => desk.uploaded(id)),
    'catalogFile.close': () => onFiles((desk) => desk.close()),
  };
}
