namespace P25;

/// <summary>Ends a command with an exit code, and says what went wrong and what to do.</summary>
/// <param name="code">An exit code of <see cref="P25ExitCodes"/>.</param>
/// <param name="problem">What went wrong.</param>
/// <param name="fix">What to do.</param>
internal sealed class P25Exception(int code, string problem, string? fix = null) : Exception(problem)
{
    public int Code { get; } = code;

    public string? Fix { get; } = fix;
}
