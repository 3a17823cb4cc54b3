using Simulation.Tests;

return CommandLine.Run(args);
