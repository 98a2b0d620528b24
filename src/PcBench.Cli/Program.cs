return await PcBench.Cli.CommandLine.RunAsync(args);
