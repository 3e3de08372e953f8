import { describe, expect, it } from 'vitest';
import {
  catalogNotes,
  changeFilters,
  guardCodes,
  refusalCodes,
  rowStates,
  runKinds,
} from '../../../contract/catalog';
import { fileFindings } from '../../../contract/catalogFile';
import { sideFilters, sideStatuses } from '../../../contract/catalogSides';
import { exportStates } from '../../../contract/export';
import { importFields, importReasons, importRemarks } from '../../../contract/import';
import { problemCatalogue } from '../../../contract/problem';
import { leftOutKinds, ruleHoldCodes } from '../../../contract/rules';
import { verifyStepIds } from '../../../contract/settings';
import { logEvents } from '../../../contract/status';
import { resources } from '../../../renderer/i18n';

/** Every text of a language by its full key; plural forms count as their key. */
function keysOf(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const full = path === '' ? key : `${path}.${key}`;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? keysOf(value, full)
      : [full];
  });
}

const languages = Object.entries(resources);

describe('texts', () => {
  it('are the same set in every language', () => {
    const [spanish, english] = [keysOf(resources['es-AR']), keysOf(resources.en)];
    expect(spanish.filter((key) => !english.includes(key))).toEqual([]);
    expect(english.filter((key) => !spanish.includes(key))).toEqual([]);
  });

  it.each(languages)('are never blank (%s)', (_language, texts) => {
    const blank = keysOf(texts).filter((key) => {
      const value = key.split('.').reduce<unknown>((tree, part) => Reflect.get(Object(tree), part), texts);
      return typeof value === 'string' && value.trim() === '';
    });
    expect(blank).toEqual([]);
  });

  it.each(languages)('name everything that the contract can say (%s)', (_language, texts) => {
    const keys = new Set(keysOf(texts).map((key) => key.replace(/_(one|other|many|zero)$/, '')));
    const needed = [
      ...Object.keys(problemCatalogue).flatMap((code) => [`problem.${code}.title`, `problem.${code}.action`]),
      ...exportStates.map((state) => `orders.state.${state}`),
      ...logEvents.map((event) => `log.event.${event}`),
      ...verifyStepIds.map((step) => `settings.verify.step.${step}`),
      ...catalogNotes.map((note) => `catalog.note.${note}`),
      ...catalogNotes.map((note) => `catalogProduct.note.${note}`),
      ...catalogNotes.map((note) => `catalogSides.note.${note}`),
      ...sideStatuses.map((status) => `catalogSides.status.${status}`),
      ...sideFilters.map((filter) => `catalogSides.filter.${filter}`),
      ...guardCodes.map((code) => `catalog.guard.${code}`),
      ...refusalCodes.map((code) => `catalog.refusal.${code}`),
      ...rowStates.map((state) => `catalog.rowState.${state}`),
      ...changeFilters.map((filter) => `catalog.filter.${filter}`),
      ...fileFindings.map((finding) => `catalogFile.finding.${finding}`),
      ...runKinds.map((kind) => `catalog.kind.${kind}`),
      ...importFields.map((field) => `import.field.${field}`),
      ...importReasons.map((reason) => `import.reason.${reason}`),
      ...ruleHoldCodes.map((code) => `rules.holdReason.${code}`),
      ...leftOutKinds.map((kind) => `rules.preview.leftOut.${kind}`),
      ...importRemarks.map((remark) => `import.remark.${remark}`),
    ];
    expect(needed.filter((key) => !keys.has(key))).toEqual([]);
  });
});
