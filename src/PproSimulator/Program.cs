using PproSimulator;

var simulator = SimulatorApp.Create(args);
await simulator.StartAsync();
simulator.Announce();
await simulator.RunUntilToldAsync();
