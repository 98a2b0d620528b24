using PcBench.Cli.Commands;
using PcBench.Shared;

var command = CommandTree.Create(CliContext.OfProcess()).Parse(args);
var exitCode = await command.InvokeAsync();
return command.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
