/** Why something cannot be deployed, in words for the person who deploys it. */
export class MetadataProblem extends Error {
  constructor(
    message: string,
    /** `Warning`: it is told, and nothing else comes of it. */
    readonly severity: 'Error' | 'Warning' = 'Error',
  ) {
    super(message);
    this.name = 'MetadataProblem';
  }
}
