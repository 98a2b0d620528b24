namespace PcBench.Cli.Server;

/// <summary>A server, and the key with which it lets one in where it is not open to everybody.</summary>
/// <param name="Uri">Its address.</param>
/// <param name="CohortKey">The key. Never printed: whoever has it may come in.</param>
internal sealed record ServerAddress(Uri Uri, string? CohortKey)
{
    /// <summary>The environment variable that holds the key.</summary>
    public const string CohortVariable = "PCBENCH_COHORT_KEY";

    /// <summary>The header in which a server looks for it.</summary>
    public const string CohortHeader = "PcBench-Cohort";

    /// <summary>Without the key, wherever it is written.</summary>
    public override string ToString() => Uri.ToString();
}
