namespace PcBench.Shared;

/// <summary>Every way a command can end. The table in docs/cli.md is this one.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A fault of the program itself.</summary>
    public const int Fault = 1;

    /// <summary>The command line or a file given on it is wrong.</summary>
    public const int Usage = 2;

    /// <summary>What was asked for does not exist, or is not visible to the asker.</summary>
    public const int NotFound = 3;

    /// <summary>The server refused the request.</summary>
    public const int Refused = 4;

    /// <summary>The server cannot be reached, or failed.</summary>
    public const int Unreachable = 5;

    /// <summary>A measurement gave a wrong output, or could not be made.</summary>
    public const int MeasurementFailed = 6;

    /// <summary>Not the owner.</summary>
    public const int NotOwner = 7;

    /// <summary>Some of what was given was refused; the rest was done.</summary>
    public const int PartlyRefused = 8;

    /// <summary>Some workloads failed; the result holds the others.</summary>
    public const int PartlyMeasured = 9;

    /// <summary>Cancelled by the user (128 + SIGINT, as shells have it).</summary>
    public const int Cancelled = 130;
}
