namespace PcBench.Platform.Events;

/// <summary>What is needed to handle any event is away; it is nobody's fault and passes by itself.</summary>
public sealed class OutageException : Exception
{
    public OutageException()
        : this("What is needed is away.")
    {
    }

    public OutageException(string message)
        : base(message)
    {
    }

    public OutageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
