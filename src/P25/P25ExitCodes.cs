using PcBench.Shared;

namespace P25;

/// <summary>Every way a command of p25 can end. The table in docs/p25.md is this one.</summary>
internal static class P25ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = ExitCodes.Ok;

    /// <summary>A fault of p25 itself.</summary>
    public const int Fault = ExitCodes.Fault;

    /// <summary>The command line or a file given on it is wrong.</summary>
    public const int Usage = ExitCodes.Usage;

    /// <summary>There is no such release, record or hold.</summary>
    public const int NotFound = ExitCodes.NotFound;

    /// <summary>The policy, a gate, a hold or the cluster's permissions refuse it; nothing was changed.</summary>
    public const int Refused = ExitCodes.Refused;

    /// <summary>The cluster, the registry or a tool cannot be reached, or failed.</summary>
    public const int Unreachable = ExitCodes.Unreachable;

    /// <summary>Somebody else works on the contour.</summary>
    public const int Locked = 8;

    /// <summary>The release failed, and stands as it is: a person decides.</summary>
    public const int Failed = 9;

    /// <summary>The release failed, and the contour is back on the last verified one.</summary>
    public const int RolledBack = 10;

    /// <summary>The cluster differs from what was deployed.</summary>
    public const int Drift = 11;

    /// <summary>Something is wrong that doctor can name.</summary>
    public const int Unhealthy = 12;

    /// <summary>Cancelled by the user.</summary>
    public const int Cancelled = ExitCodes.Cancelled;
}
