return await LocalHost.Running.FunctionsHost.RunAsync(args);
