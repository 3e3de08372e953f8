import { parseCommandLine } from './args';
import { cliLocale, cliTexts } from './cliTexts';
import { startSandbox } from './index';

const texts = cliTexts(cliLocale(process.env));

async function main(): Promise<void> {
  const args = parseCommandLine(process.argv.slice(2));
  if (args.kind === 'help') {
    console.log(texts.usage);
    return;
  }
  if (args.kind === 'wrong') {
    console.error(texts.wrong(args));
    process.exitCode = 2;
    return;
  }
  const sandbox = await startSandbox(args.options);
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await sandbox.stop();
    console.log(texts.stopped);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  console.log(texts.ready(sandbox));
}

main().catch((error: unknown) => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const port = error instanceof Error && 'port' in error ? String(error.port) : '';
  console.error(
    taken ? texts.portTaken(port) : texts.cannotStart(error instanceof Error ? error.message : String(error)),
  );
  process.exitCode = 1;
});
