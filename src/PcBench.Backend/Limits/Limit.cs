namespace PcBench.Backend.Limits;

/// <summary>What is limited, and by whose count.</summary>
internal enum Limit
{
    /// <summary>Submissions that one installation signed.</summary>
    SubmissionsPerKey,

    /// <summary>Submissions from one address, valid or not.</summary>
    SubmissionsPerAddress,

    /// <summary>All other calls of the API from one address.</summary>
    ReadsPerAddress,
}

internal static class LimitNames
{
    /// <summary>The name in headers and in Redis.</summary>
    public static string Name(this Limit limit) => limit switch
    {
        Limit.SubmissionsPerKey => "submissions-per-key",
        Limit.SubmissionsPerAddress => "submissions-per-address",
        _ => "reads-per-address",
    };
}
