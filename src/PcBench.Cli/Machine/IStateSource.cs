using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Where an operating system shows the state of the machine.</summary>
internal interface IStateSource
{
    /// <summary>The state now, without what needs two looks.</summary>
    EnvironmentInfo Read();

    /// <summary>Hottest processor sensor in °C; null where none can be read.</summary>
    double? TemperatureC();

    /// <summary>Processor time since boot; null where the system does not tell.</summary>
    CpuTimes? Times();
}
