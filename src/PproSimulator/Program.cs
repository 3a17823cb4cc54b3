using PproSimulator;

try
{
    var simulator = SimulatorApp.Create(args);
    await simulator.StartAsync();
    simulator.Announce();
    await simulator.RunUntilToldAsync();
    return 0;
}
catch (JournalException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
