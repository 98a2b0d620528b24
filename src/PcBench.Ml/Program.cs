using PcBench.Ml.Commands;
using PcBench.Shared;

var command = MlCommand.Create().Parse(args);

// The host of the service handles signals itself, and drains for as long as it was told to; here it would be ended after two seconds.
var exitCode = await command.InvokeAsync(new() { ProcessTerminationTimeout = null });
return command.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
