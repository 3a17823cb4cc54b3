// Runs Azurite for as long as whoever started it lives: when our standard input closes, we end as by SIGTERM, which
// makes Azurite write down all that it has acknowledged.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.on("error", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
require("azurite/dist/src/azurite.js");
