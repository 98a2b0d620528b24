using System.CommandLine;
using PcBench.Cli.Commands;

return await CommandTree.Create(CliContext.OfProcess()).Parse(args).InvokeAsync();
