using PcBench.Backend.Commands;
using PcBench.Shared;

return await BackendCommand.Create().Parse(args).RunAsync();
