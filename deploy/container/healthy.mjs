// Exit 0 when /healthz of the process in this container answers 200: the image has neither curl nor wget.
// Docker itself ends what takes too long.
const port = process.env.MINGJIAN_PORT || '8080';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
