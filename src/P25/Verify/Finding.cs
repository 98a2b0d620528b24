namespace P25.Verify;

/// <summary>One thing that preflight or doctor looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="State">How it is.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Fix">What to do, where something is wrong.</param>
internal sealed record Finding(string Name, CheckState State, string Detail, string? Fix = null)
{
    public static Finding Ok(string name, string detail) => new(name, CheckState.Passed, detail);

    public static Finding Wrong(string name, string detail, string fix) => new(name, CheckState.Failed, detail, fix);

    public static Finding Note(string name, string detail, string? fix = null) => new(name, CheckState.Skipped, detail, fix);

    public IEnumerable<string> Lines()
    {
        yield return $"{State switch { CheckState.Passed => "ok  ", CheckState.Failed => "FAIL", _ => "note" }} {Name}: {Detail}";
        if (Fix is not null)
            yield return $"     {Fix}";
    }
}
