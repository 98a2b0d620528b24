namespace P25.Verify;

/// <summary>Checks as lines for people.</summary>
internal static class Checks
{
    public static string Line(Check check) => $"  {check.State switch { CheckState.Passed => "ok  ", CheckState.Failed => "FAIL", _ => "skip" }} {check.Name}: {check.Detail}";
}
