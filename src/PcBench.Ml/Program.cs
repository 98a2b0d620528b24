using PcBench.Ml.Commands;
using PcBench.Shared;

var command = MlCommand.Create().Parse(args);
var exitCode = await command.InvokeAsync();
return command.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
