using PcBench.Ml.Commands;
using PcBench.Shared;

// The host of the service handles signals itself, and drains for as long as it was told to; here it would be ended after two seconds.
return await MlCommand.Create().Parse(args).RunAsync(new() { ProcessTerminationTimeout = null });
