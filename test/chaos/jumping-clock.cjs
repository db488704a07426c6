// Loaded before a product process (`node -r`): its wall clock is off by the milliseconds that a file names, read anew on
// SIGUSR2. Timers go on as they are: the machine's own count of time does not jump either when its clock is set.
const { readFileSync } = require('node:fs');

const RealDate = Date;
let offset = 0;

function look() {
  try {
    offset = Number(readFileSync(process.env.CHAOS_CLOCK_FILE, 'utf8')) || 0;
  } catch {
    offset = 0;
  }
}

class JumpingDate extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(JumpingDate.now());
    else super(...args);
  }

  static now() {
    return RealDate.now() + offset;
  }
}

globalThis.Date = JumpingDate;
look();
process.on('SIGUSR2', look);
