namespace PcBench.Platform.Events.Streams;

/// <summary>Another replica has the role: what was to be written was not.</summary>
internal sealed class TermEndedException : Exception;
