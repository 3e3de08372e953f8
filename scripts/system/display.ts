import { type Service, startService } from './service';

/** Whether the person has a screen that the program can open its window on. */
export const hasDisplay = (env: NodeJS.ProcessEnv, system: NodeJS.Platform): boolean =>
  system !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);

/** A virtual screen (Xvfb on a free display); its value is what DISPLAY has to say. */
export async function startVirtualDisplay(env: NodeJS.ProcessEnv): Promise<Service> {
  const { value, stop } = await startService('The virtual screen (Xvfb)', xvfb, env);
  return { value: `:${value}`, stop };
}

/** Xvfb picks a free display by itself and writes its number to -displayfd when it is ready. */
const xvfb = `
exec 4<&0
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>&1 >/dev/null 4<&- &
server=$!
(cat <&4 >/dev/null; kill $server) >/dev/null 2>&1 &
exec 4<&-
wait $server
`;
