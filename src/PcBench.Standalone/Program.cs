using PcBench.Cli;
using PcBench.Shared;
using PcBench.Standalone;

// The same program is also `pcbench`: measuring runs in a process of its own, so that the server is never inside a sample.
return args is [SelfBench.CliVerb, .. var words]
    ? await CommandLine.RunAsync(words)
    : await StandaloneCommand.Create().Parse(args).RunAsync();
