namespace P25.Verify;

/// <summary>How one check went.</summary>
internal enum CheckState
{
    Passed,
    Failed,

    /// <summary>It could not be made, and is not asked for.</summary>
    Skipped,
}

/// <summary>One thing that a release must show.</summary>
internal sealed record Check(string Name, CheckState State, string Detail);

/// <summary>All that a release showed.</summary>
internal sealed record Verification(IReadOnlyList<Check> Checks)
{
    public bool Passed => Checks.All(check => check.State != CheckState.Failed);

    /// <summary>The first thing that failed, in a sentence.</summary>
    public string? Failure => Checks.FirstOrDefault(check => check.State == CheckState.Failed) is { } check ? $"{check.Name}: {check.Detail}" : null;
}
