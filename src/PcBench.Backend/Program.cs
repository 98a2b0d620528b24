using PcBench.Backend.Commands;
using PcBench.Shared;

var command = BackendCommand.Create().Parse(args);
var exitCode = await command.InvokeAsync();
return command.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
