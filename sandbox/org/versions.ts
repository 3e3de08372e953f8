/** API versions the org speaks (research/salesforce.md 3.7). */
const oldest = 31;
const newest = 68;
/** v21 to v30 are gone for good and answer 410. */
const firstRetired = 21;

export interface Version {
  label: string;
  url: string;
  version: string;
}

/** Three releases a year, counted from v31, which was Summer '14. */
export function versions(): Version[] {
  return Array.from({ length: newest - oldest + 1 }, (_unused, index) => {
    const season = ['Summer', 'Winter', 'Spring'][index % 3];
    const year = 14 + Math.floor(index / 3) + (index % 3 === 0 ? 0 : 1);
    const version = `${oldest + index}.0`;
    return { label: `${season} '${year}`, url: `/services/data/v${version}`, version };
  });
}

export function versionState(version: string): 'spoken' | 'retired' | 'unknown' {
  const number = Number(version);
  if (!/^\d+\.0$/.test(version)) return 'unknown';
  if (number >= oldest && number <= newest) return 'spoken';
  return number >= firstRetired && number < oldest ? 'retired' : 'unknown';
}
