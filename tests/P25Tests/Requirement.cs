using System.Diagnostics.CodeAnalysis;

namespace PcBench.P25Tests;

/// <summary>The one place that decides what becomes of a test whose program is not there.</summary>
internal static class Requirement
{
    /// <summary>At home the test is skipped; where CI=true everything must be there, so it fails.</summary>
    /// <param name="reason">What is missing, and what to install or set.</param>
    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(reason);
        Assert.Skip(reason);
    }
}
