import { notFound, refuse } from '../errors';
import { makeId } from '../ids';
import type { QueryResult } from '../soql/result';
import type { IngestJob, Job, QueryJob } from './job';

const day = 24 * 60 * 60 * 1000;
/** Jobs and their results are kept so long (Bulk API 2.0 limits). */
const keptMs = 7 * day;

/** The org's bulk jobs; they end with the process, as nothing of them is worth keeping. */
export class BulkJobs {
  private readonly jobs = new Map<string, Job>();
  private readonly results = new Map<string, QueryResult>();
  private created = 0;

  constructor(
    private readonly now: () => number,
    /** Query jobs in 24 hours. */
    private readonly dailyJobs: () => number,
  ) {}

  add<T extends QueryJob | IngestJob>(make: (id: string) => T): T {
    this.checkQuota();
    const job = make(makeId('750', ++this.created));
    this.jobs.set(job.id, job);
    return job;
  }

  /** Throws NOT_FOUND for one that is not there, is of the other kind, or is too old. */
  query(id: string): QueryJob {
    const job = this.find(id);
    if (job.kind !== 'query') throw notFound();
    return job;
  }

  ingest(id: string): IngestJob {
    const job = this.find(id);
    if (job.kind !== 'ingest') throw notFound();
    return job;
  }

  all(kind: Job['kind']): Job[] {
    return [...this.jobs.values()].filter((job) => job.kind === kind && this.isKept(job));
  }

  remove(id: string): void {
    this.results.get(id)?.close();
    this.results.delete(id);
    this.jobs.delete(id);
  }

  clear(): void {
    for (const id of [...this.jobs.keys()]) this.remove(id);
  }

  result(id: string): QueryResult | undefined {
    return this.results.get(id);
  }

  keepResult(id: string, result: QueryResult): void {
    this.results.set(id, result);
  }

  /** Jobs of the last 24 hours, for the limits resource. */
  usedToday(kind: Job['kind']): number {
    return this.all(kind).filter((job) => this.now() - job.created < day).length;
  }

  private find(id: string): Job {
    const job =
      this.jobs.get(id) ?? this.jobs.get([...this.jobs.keys()].find((key) => key.startsWith(id)) ?? '');
    if (!job || id.length < 15 || !this.isKept(job)) throw notFound();
    return job;
  }

  private isKept(job: Job): boolean {
    return this.now() - job.created < keptMs;
  }

  private checkQuota(): void {
    const most = this.dailyJobs();
    if (this.usedToday('query') < most) return;
    throw refuse(
      400,
      'LIMIT_EXCEEDED',
      `Max bulk v2 query jobs (${most}) per 24 hrs has been reached (${most + 21}).`,
    );
  }
}

/** What both kinds of jobs answer when they are asked for something their state does not allow. */
export const wrongState = (message: string) => refuse(400, 'INVALIDJOBSTATE', message);
