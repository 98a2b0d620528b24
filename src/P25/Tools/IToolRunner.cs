namespace P25.Tools;

/// <summary>Runs the programs that p25 wraps. The only way out of the process besides HTTP, so tests put their own here.</summary>
internal interface IToolRunner
{
    Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancel);
}

/// <summary>One call of a program.</summary>
/// <param name="Tool">Its name: helm, kubectl, git.</param>
/// <param name="Arguments">Its arguments. Never a secret: everybody on the machine can read them.</param>
/// <param name="Input">What it reads from standard input.</param>
/// <param name="IsSecret">Whether the input must not be shown.</param>
internal sealed record ToolCall(string Tool, IReadOnlyList<string> Arguments, string? Input = null, bool IsSecret = false)
{
    /// <summary>More environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    /// <summary>Told each line of standard error as it is written.</summary>
    public Action<string>? OnLine { get; init; }
}

/// <summary>How it ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last line that says something; most tools put the cause there.</summary>
    public string LastError => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
        ?? Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
        ?? $"it ended with {ExitCode} and said nothing";
}
