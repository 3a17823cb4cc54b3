// Runs Azurite for as long as whoever started it lives: when our standard input closes, we end as by SIGTERM, which
// makes Azurite write down all that it has acknowledged.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
process.stdin.on("error", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();

// Ctrl+C reaches every process of a terminal: whoever started us first lets what runs end, and then tells us.
const once = process.once;
process.once = (event, act) => (event === "SIGINT" ? process : once.call(process, event, act));
process.on("SIGINT", () => {});
require("azurite/dist/src/azurite.js");
