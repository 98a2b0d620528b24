return await P25.CommandLine.RunAsync(args, P25.P25Context.OfProcess());
